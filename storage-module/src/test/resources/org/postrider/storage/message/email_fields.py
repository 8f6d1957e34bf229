"""Says what Python's email package makes of messages, one field a line.

Reads file names from standard input, one a line. Prints for each the name and then its fields:
key, tab, value, percent-encoded, octets as ISO 8859-1. Keys name a part by its place in the tree
("1.2.type"); a message inside a message/rfc822 part is its child "m".
"""

import email
import email.policy
import email.utils
import re
import sys
from urllib.parse import quote

sys.setrecursionlimit(10_000)


def octets(text):
    """A header or body as Python keeps it, one character an octet."""
    return text.encode("latin-1", "surrogateescape").decode("latin-1")


class Untouched(email.policy.Compat32):
    """Headers as they came, which the package would otherwise mend before it reads them."""

    def header_fetch_parse(self, name, value):
        return value


def values(message, name):
    return [
        re.sub(r"\r\n|\r|\n", "", octets(value))
        for key, value in message.raw_items()
        if key.lower() == name
    ]


def first(message, name):
    found = values(message, name)
    return found[0].strip() if found else None


def say(key, value):
    if value is not None:
        print(key + "\t" + quote(value.encode("latin-1"), safe=" "))


def addresses(message, name):
    pairs = email.utils.getaddresses(values(message, name))
    return "\n".join(n + "\t" + a for n, a in pairs)


def envelope(key, message):
    for name in ("date", "subject", "in-reply-to", "message-id"):
        say(key + name, first(message, name))
    for name in ("from", "sender", "reply-to", "to", "cc", "bcc"):
        found = addresses(message, name)
        if found:
            say(key + name, found)


def parameters(key, message, header):
    try:
        params = message.get_params(header=header, unquote=True) or []
    except Exception as fault:  # the package has faults of its own
        say(key + "fault", type(fault).__name__)
        return
    for name, value in params[1:]:
        if isinstance(value, tuple):
            value = "".join(octets(part or "") + "'" for part in value[:2]) + octets(value[2])
            name += "*"
        say(key + octets(name).lower(), octets(value))


def part(key, message):
    say(key + "defects", " ".join(sorted(type(d).__name__ for d in message.defects)))
    say(key + "type", octets(message.get_content_maintype()).upper())
    say(key + "subtype", octets(message.get_content_subtype()).upper())
    parameters(key + "parameter.", message, "content-type")
    say(key + "encoding", first(message, "content-transfer-encoding"))
    for name in ("content-id", "content-description", "content-md5", "content-location",
                 "content-language"):
        say(key + name, first(message, name))
    disposition = first(message, "content-disposition")
    if disposition is not None:
        say(key + "disposition", disposition)
        parameters(key + "disposition.", message, "content-disposition")
    payload = message._payload  # get_payload() would decode it
    if not isinstance(payload, list):
        body = octets(payload if payload is not None else "")
        say(key + "shape", "leaf")
        say(key + "octets", str(len(body)))
        say(key + "lines", str(body.count("\n")))
    elif message.get_content_type() == "message/delivery-status":
        say(key + "shape", "blocks")
    elif message.get_content_maintype() == "message":
        say(key + "shape", "message")
        inner = payload[0]
        envelope(key + "m.envelope.", inner)
        part(key + "m.", inner)
    else:
        say(key + "shape", "parts " + str(len(payload)))
        for number, child in enumerate(payload, 1):
            part(key + str(number) + ".", child)


for line in sys.stdin:
    path = line.rstrip("\n")
    with open(path, "rb") as file:
        data = re.sub(rb"\r\n|\r|\n", b"\r\n", file.read())
    if data and not data.endswith(b"\r\n"):
        data += b"\r\n"
    print("file\t" + path)
    parsed = email.message_from_bytes(data, policy=Untouched())
    envelope("envelope.", parsed)
    part("", parsed)
