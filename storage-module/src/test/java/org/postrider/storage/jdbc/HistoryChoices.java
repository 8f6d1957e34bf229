package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// Whose mail a session is about, and what of it: all that it leaves to chance.
final class HistoryChoices {

    private static final List<MailboxName> NAMES =
            List.of(
                    new MailboxName("Folder"),
                    new MailboxName("Folder/a"),
                    new MailboxName("Folder/a/b"),
                    new MailboxName("Other"),
                    new MailboxName("Other/x"),
                    new MailboxName("Zürich/Büro"));

    private static final List<SpecialUse> USES = List.of(SpecialUse.values());

    /// More than there are bits.
    private static final int KEYWORDS = 90;

    final JdbcStore store;
    final History history;
    final Account account;

    /// Decides everything.
    final Random random;

    HistoryChoices(JdbcStore store, History history, Random random) {
        this.store = store;
        this.history = history;
        this.random = random;
        this.account = history.accounts().get(random.nextInt(history.accounts().size()));
    }

    /// True once in so many times.
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    MailboxName anyName() {
        return oneIn(20) ? MailboxName.INBOX : NAMES.get(random.nextInt(NAMES.size()));
    }

    SpecialUse anyUse() {
        return USES.get(random.nextInt(USES.size()));
    }

    MailboxId anyMailbox() {
        var boxes = store.mailboxes().list(account.id());
        var chosen =
                oneIn(3)
                        ? boxes.stream().filter(box -> box.name().isInbox()).findAny().orElseThrow()
                        : boxes.get(random.nextInt(boxes.size()));
        return chosen.id();
    }

    UidSet some(MailboxId mailbox) {
        long next =
                store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)
                        ? status.uidNext()
                        : 1;
        long first = Math.max(1, next - 1 - random.nextInt(30));
        return switch (random.nextInt(6)) {
            case 0 -> UidSet.range(1, next);
            case 1 -> UidSet.of(first, first + 2, first + 3, first + 7, first + 11);
            case 2 -> UidSet.of(first);
            default -> UidSet.range(first, first + random.nextInt(12));
        };
    }

    Flags flags() {
        var system = EnumSet.noneOf(SystemFlag.class);
        for (var flag : SystemFlag.values()) {
            if (oneIn(3)) {
                system.add(flag);
            }
        }
        var keywords = new ArrayList<String>();
        while (oneIn(3)) {
            int number = random.nextInt(random.nextBoolean() ? 6 : KEYWORDS);
            keywords.add((oneIn(4) ? "$LABEL" : "$Label") + number);
        }
        return new Flags(system, keywords);
    }
}
