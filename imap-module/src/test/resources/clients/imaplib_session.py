"""A session of Python's imaplib, as scripts and tutorials write it. Arguments: host, port."""

import base64
import email
import email.policy
import imaplib
import ssl
import sys
import time

host, port = sys.argv[1], int(sys.argv[2])


def ok(answer):
    kind, data = answer
    assert kind == "OK", answer
    return data


def refused(answer, kind, code):
    assert answer[0] == kind and code in str(answer[1]), answer


def tls():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


message = email.message.EmailMessage()
message["From"] = "Ada <ada@example.test>"
message["To"] = "alice@example.test"
message["Subject"] = "Grüße aus Köln"
message.set_content("Schöne Grüße.\n")
picture = bytes(range(256)) * 40
message.add_attachment(picture, maintype="image", subtype="png", filename="bild.png")
octets = message.as_bytes(policy=email.policy.SMTP)

client = imaplib.IMAP4(host, port)
assert "STARTTLS" in client.capabilities
ok(client.starttls(tls()))
try:
    client.login("alice", "wrong")
    raise AssertionError("a wrong password was taken")
except imaplib.IMAP4.error as e:
    assert "AUTHENTICATIONFAILED" in str(e)
ok(client.login("alice", "secret"))

assert ok(client.namespace()) == [b'(("" "/")) NIL NIL']
assert b'(\\HasNoChildren \\Sent) "/" "Sent"' in ok(client.list())
ok(client.create("Projects/2026"))
assert len(ok(client.list('""', "Projects*"))) == 2
ok(client.subscribe("Projects/2026"))
assert b'() "/" "Projects/2026"' in ok(client.lsub())
ok(client.unsubscribe("Projects/2026"))
refused(client.create("Projects/2026"), "NO", "ALREADYEXISTS")

appended = ok(client.append("Projects/2026", r"(\Seen $Work)", time.time(), octets))
assert b"APPENDUID" in appended[0]
ok(client.append("Projects/2026", None, None, b"Subject: two\r\n\r\nsecond\r\n"))
refused(client.append("Nowhere", None, None, b"x"), "NO", "TRYCREATE")
assert ok(client.status("Projects/2026", "(MESSAGES UNSEEN)")) == [b'"Projects/2026" (MESSAGES 2 UNSEEN 1)']

refused(client.select("Nowhere"), "NO", "NONEXISTENT")
assert ok(client.select("Projects/2026")) == [b"2"]
assert client.response("RECENT")[1] == [b"2"]
assert client.response("UIDNEXT")[1] == [b"3"]

fetched = ok(client.fetch("1", "(RFC822)"))
assert fetched[0][1] == octets, "the message changed"
assert email.message_from_bytes(fetched[0][1], policy=email.policy.default)["Subject"] == "Grüße aus Köln"
attachment = ok(client.fetch("1", "(BODY.PEEK[2])"))[0][1]
assert base64.b64decode(attachment) == picture, "the attachment changed"
sizes = ok(client.fetch("1:2", "(RFC822.SIZE FLAGS)"))
assert b"RFC822.SIZE %d" % len(octets) in sizes[0] and b"$Work" in sizes[0]
assert b'("attachment" ("filename" "bild.png"))' in ok(client.fetch("1", "(BODYSTRUCTURE)"))[0]
assert b"=?utf-8?" in ok(client.fetch("1", "(ENVELOPE)"))[0]

assert ok(client.search(None, "UNSEEN")) == [b"2"]
assert ok(client.search(None, "SUBJECT", '"two"')) == [b"2"]
client.literal = "KÖLN".encode()
assert ok(client.search("UTF-8", "SUBJECT")) == [b"1"]
client.literal = "schöne".encode()
assert ok(client.uid("SEARCH", "CHARSET", "UTF-8", "BODY")) == [b"1"]
assert ok(client.search(None, "KEYWORD", "$work", "LARGER", "1000")) == [b"1"]

assert b"\\Flagged" in ok(client.store("2", "+FLAGS", r"(\Flagged)"))[0]
assert b"UID 2" in ok(client.uid("STORE", "2", "-FLAGS", r"(\Flagged)"))[0]
assert b"COPYUID" in ok(client.copy("1:2", "Trash"))[0]
ok(client.uid("COPY", "1", "Archive"))
refused(client.copy("1", "Nowhere"), "NO", "TRYCREATE")
ok(client.store("1", "+FLAGS.SILENT", r"(\Deleted)"))
assert ok(client.expunge()) == [b"1"]
assert ok(client.search(None, "ALL")) == [b"1"]
ok(client.noop())
ok(client.check())
ok(client.close())

try:
    client.fetch("1", "(FLAGS)")
    raise AssertionError("FETCH without a mailbox")
except imaplib.IMAP4.error:
    pass
assert ok(client.select("INBOX", readonly=True)) == [b"0"]
ok(client.unselect())
ok(client.rename("Projects", "Old"))
ok(client.delete("Old/2026"))
ok(client.delete("Old"))
client.logout()

second = imaplib.IMAP4(host, port)
ok(second.authenticate("PLAIN", lambda _: b"\0bob\0secret"))
assert ok(second.select()) == [b"0"]
second.logout()
print("done")
