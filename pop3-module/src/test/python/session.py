"""All of poplib against one server: clear text, STLS, TLS from the start. Arguments: port, TLS port, password."""

import poplib
import ssl
import sys

CLEAR, IMPLICIT, PASSWORD = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
HOST, USER = "127.0.0.1", "alice@example.test"
TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE


def look_around(pop):
    """Every command that changes nothing."""
    assert pop.getwelcome().startswith(b"+OK")
    assert "UIDL" in pop.capa() and "TOP" in pop.capa()
    assert pop.stat() == (3, sum(int(line.split()[1]) for line in pop.list()[1]))
    assert pop.list(1) == b"+OK 1 24"
    ids = [line.split()[1] for line in pop.uidl()[1]]
    assert len(set(ids)) == 3
    assert pop.uidl(2).split()[2] == ids[1]
    assert pop.retr(1)[1] == [b"Subject: one", b"", b"Hello."]
    assert pop.retr(2)[1] == [b"Subject: dots", b"", b".", b"..", b".one"]
    assert pop.top(3, 0)[1] == [b"Subject: three", b""]
    assert pop.top(3, 2)[1] == [b"Subject: three", b"", b"1", b"2"]
    assert pop.noop().startswith(b"+OK")
    try:
        pop.retr(4)
        raise AssertionError("there is no message 4")
    except poplib.error_proto as error:
        assert b"no such message" in error.args[0]
    pop.dele(1)
    assert pop.stat()[0] == 2
    pop.rset()
    assert pop.stat()[0] == 3


def log_in(pop):
    assert pop.user(USER).startswith(b"+OK")
    assert pop.pass_(PASSWORD).startswith(b"+OK")
    return pop


pop = log_in(poplib.POP3(HOST, CLEAR, timeout=30))
look_around(pop)
assert pop.quit().startswith(b"+OK")
print("clear")

pop = poplib.POP3(HOST, CLEAR, timeout=30)
assert pop.stls(TRUSTING).startswith(b"+OK")
look_around(log_in(pop))
assert pop.quit().startswith(b"+OK")
print("stls")

pop = log_in(poplib.POP3_SSL(HOST, IMPLICIT, context=TRUSTING, timeout=30))
look_around(pop)
pop.dele(2)
assert pop.quit().startswith(b"+OK")
print("implicit")

pop = log_in(poplib.POP3_SSL(HOST, IMPLICIT, context=TRUSTING, timeout=30))
assert pop.stat()[0] == 2
assert pop.retr(2)[1][0] == b"Subject: three"
pop.close()
print("done")
