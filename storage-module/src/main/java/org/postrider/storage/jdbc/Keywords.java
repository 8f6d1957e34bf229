package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postrider.storage.mailbox.Flags;

/// Makes sure that a mailbox has bits for the keywords of a command.
final class Keywords {

    /// The longest keyword, in characters.
    private static final int LONGEST = 255;

    private Keywords() {}

    /// The keywords that the mailbox has not met, each once.
    static List<String> unknown(MailboxState mailbox, Collection<Flags> wanted) {
        var known = mailbox.keywords();
        var missing = new ArrayList<String>();
        for (var flags : wanted) {
            for (var keyword : flags.keywords()) {
                if (known.bitOf(keyword).isEmpty()) {
                    known = known.with(keyword);
                    missing.add(keyword);
                }
            }
        }
        return missing;
    }

    /// Whether the mailbox has bits left for these.
    static boolean fit(MailboxState mailbox, List<String> missing) {
        int bits = KeywordBits.LAST_BIT - KeywordBits.FIRST_BIT + 1;
        return mailbox.keywords().names().size() + missing.size() <= bits
                && missing.stream().allMatch(word -> word.length() <= LONGEST);
    }

    /// The mailbox after it met these, as part of the command.
    static MailboxState meet(AccountLedger ledger, MailboxState mailbox, List<String> missing) {
        missing.forEach(word -> ledger.meet(mailbox.number(), word));
        return ledger.mailbox(mailbox.number()).orElseThrow();
    }
}
