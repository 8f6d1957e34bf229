package org.postrider.imap.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.LiteralInput;
import org.postrider.imap.wire.SyntaxError;

/// The literals of one command. One that is too large is refused before the client is asked for it;
/// one that comes unasked is read away, or the connection ends (RFC 7888 §4).
final class CommandLiterals implements LiteralInput {

    private final ImapSession session;
    private long taken;
    private long skipped;

    CommandLiterals(ImapSession session) {
        this.session = session;
    }

    @Override
    public byte[] take(Literal literal) throws IOException, SyntaxError {
        if (literal.octets() > limit(literal) - taken) {
            throw new SyntaxError(ImapStatus.bad("TOOBIG", "The literal is too large"));
        }
        taken += literal.octets();
        try (var octets = open(literal)) {
            var all = octets.readNBytes((int) literal.octets());
            if (all.length < literal.octets()) {
                throw new EOFException("the literal ends early");
            }
            return all;
        }
    }

    @Override
    public InputStream open(Literal literal) throws IOException {
        if (literal.awaited()) {
            session.out().text("+ Go on").crlf().flush();
        }
        return session.connection().readOctets(literal.octets());
    }

    @Override
    public byte[] nextLine() throws IOException {
        return session.connection().readLine();
    }

    @Override
    public void skip(Literal literal) throws IOException, SyntaxError {
        skipped += literal.octets();
        if (skipped > skippable()) {
            throw SyntaxError.fatal(ImapStatus.bye("TOOBIG", "The literal is too large"));
        }
        session.connection().readOctets(literal.octets()).close();
    }

    private long limit(Literal literal) {
        var limits = session.limits();
        if (session.isLoggedIn()) {
            return limits.literalsAfterLogin();
        }
        return literal.awaited()
                ? limits.literalsBeforeLogin()
                : Math.min(limits.literalsBeforeLogin(), ImapLimits.LITERAL_MINUS);
    }

    private long skippable() {
        var limits = session.limits();
        return session.isLoggedIn() ? limits.skippedOctets() : limits.lineBeforeLogin();
    }
}
