package org.postrider.smtp.wire;

import java.util.Optional;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.address.ReversePath;

/// Reads what stands between the brackets of MAIL FROM and RCPT TO (RFC 5321 §4.1.2).
///
/// Source routes are taken and forgotten (RFC 5321 §4.1.1.3, appendix C). A mailbox that is not
/// strictly an address but harmless is kept as written, because real senders have such: underscores
/// in domains, dots in a row in local parts (docomo.ne.jp), bounce addresses over 64 octets.
final class PathParser {

    private static final String NEVER_IN_A_LOCAL_PART = "<>()[]\\,;:\"@ ";

    private PathParser() {}

    static ReversePath sender(CommandReader reader) throws SyntaxFault {
        var fault = new SyntaxFault(501, 1, 7, "Syntax: MAIL FROM:<address>");
        var inside = withoutRoute(reader.takeBracketed(fault), fault);
        refuseNonAscii(inside);
        if (inside.isEmpty()) {
            return new ReversePath.Null();
        }
        Optional<ReversePath> path = MailAddress.parse(inside).map(ReversePath.Mailbox::new);
        if (path.isPresent()) {
            return path.get();
        }
        if (isHarmless(inside)) {
            return new ReversePath.AsWritten(inside);
        }
        throw new SyntaxFault(501, 1, 7, "The sender is not an address");
    }

    static ForwardPath recipient(CommandReader reader) throws SyntaxFault {
        var fault = new SyntaxFault(501, 1, 3, "Syntax: RCPT TO:<address>");
        var inside = withoutRoute(reader.takeBracketed(fault), fault);
        refuseNonAscii(inside);
        if (inside.equalsIgnoreCase("postmaster")) {
            return new ForwardPath.Postmaster();
        }
        Optional<ForwardPath> path = MailAddress.parse(inside).map(ForwardPath.Mailbox::new);
        if (path.isPresent()) {
            return path.get();
        }
        if (isHarmless(inside)) {
            return new ForwardPath.AsWritten(inside);
        }
        throw new SyntaxFault(501, 1, 3, "The recipient is not an address");
    }

    private static String withoutRoute(String path, SyntaxFault fault) throws SyntaxFault {
        if (!path.startsWith("@")) {
            return path;
        }
        int colon = path.indexOf(':');
        if (colon < 0 || colon == path.length() - 1) {
            throw fault;
        }
        for (var hop : path.substring(0, colon).split(",", -1)) {
            if (!hop.startsWith("@") || !isDomain(hop.substring(1))) {
                throw fault;
            }
        }
        return path.substring(colon + 1);
    }

    /// Without SMTPUTF8 an address is ASCII (RFC 6531 §3.5).
    private static void refuseNonAscii(String path) throws SyntaxFault {
        if (path.chars().anyMatch(c -> c >= 0x80)) {
            throw new SyntaxFault(553, 6, 7, "Addresses that are not ASCII need SMTPUTF8");
        }
    }

    private static boolean isHarmless(String mailbox) {
        int at = mailbox.lastIndexOf('@');
        return at > 0
                && mailbox.length() <= ReversePath.AsWritten.LONGEST
                && mailbox.chars().limit(at).allMatch(PathParser::isLocalPartCharacter)
                && isDomain(mailbox.substring(at + 1));
    }

    private static boolean isLocalPartCharacter(int c) {
        return c > ' ' && c < 0x7F && NEVER_IN_A_LOCAL_PART.indexOf(c) < 0;
    }

    private static boolean isDomain(String text) {
        return ClientName.parse(text).filter(ClientName::isTraceable).isPresent();
    }
}
