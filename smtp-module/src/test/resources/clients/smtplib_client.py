"""A classic smtplib program: send with an attachment, log in, be refused.

Arguments: host, port, and for a submission port "starttls" or "tls"; then where to
write each message as it went out.
"""
import email.policy
import pathlib
import smtplib
import ssl
import sys
from email.message import EmailMessage

host, port, security, out = sys.argv[1], int(sys.argv[2]), sys.argv[3], pathlib.Path(sys.argv[4])
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE


def connect():
    if security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=30, context=context)
    smtp = smtplib.SMTP(host, port, timeout=30)
    if security == "starttls":
        smtp.starttls(context=context)
    return smtp


def message():
    m = EmailMessage(policy=email.policy.SMTP)
    m["From"] = "Alice <alice@example.test>"
    m["To"] = "bob@example.test"
    m["Subject"] = "Grüße, " + "ein langer Betreff " * 10
    m["Date"] = "Sun, 01 Mar 2026 10:00:00 +0100"
    m["Message-ID"] = "<smtplib@client.example>"
    m.set_content(".\n..\nEin Text mit Ümlauten.\n.ende\n")
    m.add_attachment(bytes(range(256)) * 300, maintype="application",
                     subtype="octet-stream", filename="bytes.bin")
    m.add_attachment("plain\n" * 100, filename="plain.txt")
    m.set_boundary("=_a_boundary_of_its_own")
    return m


with connect() as smtp:
    try:
        smtp.login("alice@example.test", "wrong")
        sys.exit("a wrong password was taken")
    except smtplib.SMTPAuthenticationError as refused:
        assert refused.smtp_code == 535, refused
    smtp.login("alice@example.test", "secret")
    m = message()
    smtp.send_message(m)
    (out / "1").write_bytes(m.as_bytes())
    text = "From: alice@example.test\r\nSubject: plain\r\n\r\n.dot\r\nlast line"
    smtp.sendmail("alice@example.test", ["bob@example.test"], text)
    (out / "2").write_bytes((text + "\r\n").encode())
    try:
        smtp.sendmail("bob@example.test", ["bob@example.test"], text)
        sys.exit("somebody else's sender was taken")
    except smtplib.SMTPSenderRefused as refused:
        assert refused.smtp_code == 550, refused
    refused = smtp.sendmail("alice@example.test", ["bob@example.test", "nobody@example.test"],
                            "Subject: partly\r\n\r\n" + "x" * 5000)
    assert list(refused) == ["nobody@example.test"], refused
    (out / "3").write_bytes(b"Subject: partly\r\n\r\n" + b"x" * 5000 + b"\r\n")

for mechanism in "PLAIN", "LOGIN":
    for at_once in True, False:
        with connect() as smtp:
            smtp.ehlo()
            smtp.user, smtp.password = "alice@example.test", "secret"
            method = getattr(smtp, "auth_" + mechanism.lower())
            code, _ = smtp.auth(mechanism, method, initial_response_ok=at_once)
            assert code == 235, (mechanism, at_once, code)
print("all well")
