package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete;
import org.postrider.storage.mailbox.Undelete.BroughtBack;
import org.postrider.storage.mailbox.Undelete.Destination;

/// Messages are asked to come back, some or all that were in a mailbox at a moment. What the lane
/// makes of it is its own commands' answer; but which messages these are about, and whether there
/// is room at all, is found beside it.
final class Recall implements Question<Outcome<BroughtBack>> {

    private final MailboxId from;
    private final UidSet uids;
    private final Optional<Instant> asOf;
    private final Destination to;
    private final Recoverable wanted = new Recoverable();
    private final List<Quota> quotas = new ArrayList<>();

    private Recall(MailboxId from, UidSet uids, Optional<Instant> asOf, Destination to) {
        this.from = from;
        this.uids = uids;
        this.asOf = asOf;
        this.to = to;
    }

    static Recall of(MailboxId from, UidSet uids, Destination to) {
        return new Recall(from, uids, Optional.empty(), to);
    }

    /// @param moment at which they were there
    static Recall asOf(MailboxId from, Instant moment, Destination to) {
        return new Recall(from, UidSet.range(1, Uid.MAX), Optional.of(moment), to);
    }

    @Override
    public Outcome<BroughtBack> ask(Store store) {
        return asOf.isPresent()
                ? store.undelete().bringBack(from, asOf.get(), to)
                : store.undelete().bringBack(from, uids, to);
    }

    @Override
    public void sees(ModelAccount account) {
        quotas.add(account.quota());
        var box = account.all.get(from.number());
        var found = new TreeMap<Long, ModelMailbox.Tombstone>();
        if (box != null) {
            found.putAll(box.recoverable());
        }
        found.keySet().removeIf(uid -> !uids.contains(uid));
        asOf.ifPresent(moment -> found.values().removeIf(each -> !wasThere(each, moment)));
        wanted.sees(found);
    }

    private static boolean wasThere(ModelMailbox.Tombstone tombstone, Instant moment) {
        long at = moment.toEpochMilli();
        return tombstone.message().saved() <= at && tombstone.at() > at;
    }

    @Override
    public void assertRight(Outcome<BroughtBack> answer) {
        switch (answer) {
            case Outcome.Done(var back) -> assertAll(back);
            case Outcome.Refused(var why) -> {
                if (why == Refusal.OVER_QUOTA) {
                    assertNoRoom();
                } else {
                    assertThat(why).isEqualTo(Refusal.NO_SUCH_MAILBOX);
                }
            }
        }
    }

    /// Nothing else came back, and nothing is left that could have.
    private void assertAll(BroughtBack back) {
        back.sources().forEach(uid -> assertThat(wanted.ever).containsKey(uid));
        if (back.sources().size() < Undelete.AT_ONCE) {
            assertThat(wanted.always()).as("what did not come back to %s", from).isEmpty();
        }
    }

    private void assertNoRoom() {
        var all = wanted.ever.keySet();
        assertThat(all).as("what needs room").isNotEmpty();
        assertThat(quotas)
                .as("quotas without room for %d messages", all.size())
                .anyMatch(quota -> !quota.hasRoom(wanted.octets(all), all.size()));
    }

    @Override
    public String toString() {
        return "what comes back from %s of %s as of %s to %s".formatted(from, uids, asOf, to);
    }
}
