package org.postrider.storage.jdbc;

import java.time.Duration;
import java.util.OptionalLong;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.Destination;
import org.postrider.storage.testing.TestStores;

/// An administrator: says how much an account may have, and brings back what was removed.
final class HistoryAdministrator {

    private final HistoryChoices choices;
    private final JdbcStore store;

    HistoryAdministrator(HistoryChoices choices) {
        this.choices = choices;
        this.store = choices.store;
    }

    /// No quota, one that is exceeded at once, or one that is nearly used up.
    void setQuota() {
        var quota = ask(new QuotaQuestion(choices.account.id()));
        var limits =
                switch (choices.random.nextInt(6)) {
                    case 0, 1 -> Quota.Limits.NONE;
                    case 2 -> limits(quota.octets() / 2, quota.messages() / 2);
                    default ->
                            limits(
                                    quota.octets() + choices.random.nextInt(6_000),
                                    quota.messages() + choices.random.nextInt(12));
                };
        TestStores.setQuota(store, choices.account.id(), limits);
    }

    private static Quota.Limits limits(long octets, long messages) {
        return new Quota.Limits(OptionalLong.of(octets), OptionalLong.of(messages));
    }

    void bringBack() {
        var sources = ask(new RemovedFromQuestion(choices.account.id()));
        if (sources.isEmpty()) {
            return;
        }
        var from = sources.get(choices.random.nextInt(sources.size())).mailbox();
        var to =
                choices.oneIn(3)
                        ? new Destination.Into(choices.anyMailbox())
                        : new Destination.Original();
        switch (choices.random.nextInt(4)) {
            case 0 -> ask(Recall.of(from, someUids(), to));
            case 1 -> bringOneBack(from, to);
            default -> {
                var ago = Duration.ofHours(choices.random.nextInt(48));
                ask(Recall.asOf(from, choices.history.clock().instant().minus(ago), to));
            }
        }
    }

    /// Of a mailbox that may be gone: nobody knows which there were.
    private UidSet someUids() {
        long first = 1L + choices.random.nextInt(60);
        return choices.random.nextBoolean()
                ? UidSet.range(first, first + choices.random.nextInt(60))
                : UidSet.range(1, Uid.MAX);
    }

    /// Looks for a message in a list.
    private void bringOneBack(MailboxId from, Destination to) {
        int most = 1 + choices.random.nextInt(8);
        int after = choices.random.nextInt(40);
        var removed = ask(new RemovedQuestion(from, after, most, choices.history.mail()));
        if (!removed.isEmpty()) {
            ask(Recall.of(from, UidSet.of(removed.getLast().uid().value()), to));
        }
    }

    private <T> T ask(Question<T> question) {
        return QuestionMark.ask(store, choices.account.id(), question);
    }
}
