package org.postrider.imap.wire;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SystemFlag;

/// Flags as STORE and APPEND give them (RFC 3501 §9 `flag`).
final class FlagReader {

    private static final int LONGEST_KEYWORD = 255;

    private FlagReader() {}

    /// `(\Seen $Forwarded)`
    static Flags list(ImapReader in, int most) throws SyntaxError {
        in.expect('(');
        if (in.accept(')')) {
            return Flags.NONE;
        }
        var flags = bare(in, most);
        in.expect(')');
        return flags;
    }

    /// `\Seen $Forwarded`, which STORE allows without parentheses.
    static Flags bare(ImapReader in, int most) throws SyntaxError {
        var system = EnumSet.noneOf(SystemFlag.class);
        var keywords = new ArrayList<String>();
        do {
            if (in.accept('\\')) {
                system(in).ifPresent(system::add);
            } else {
                keywords.add(keyword(in));
            }
            if (keywords.size() > most) {
                throw new SyntaxError("Too many flags");
            }
        } while (in.accept(' '));
        return new Flags(system, List.copyOf(keywords));
    }

    static String keyword(ImapReader in) throws SyntaxError {
        var keyword = in.atom();
        if (keyword.length() > LONGEST_KEYWORD) {
            throw new SyntaxError("A keyword is too long");
        }
        return keyword;
    }

    /// A system flag; none for \Recent, which clients send back although they cannot change it (RFC
    /// 3501 §2.3.2).
    private static Optional<SystemFlag> system(ImapReader in) throws SyntaxError {
        return switch (in.atom().toUpperCase(Locale.ROOT)) {
            case "SEEN" -> Optional.of(SystemFlag.SEEN);
            case "ANSWERED" -> Optional.of(SystemFlag.ANSWERED);
            case "FLAGGED" -> Optional.of(SystemFlag.FLAGGED);
            case "DELETED" -> Optional.of(SystemFlag.DELETED);
            case "DRAFT" -> Optional.of(SystemFlag.DRAFT);
            case "RECENT" -> Optional.empty();
            default -> throw new SyntaxError("Unknown system flag");
        };
    }
}
