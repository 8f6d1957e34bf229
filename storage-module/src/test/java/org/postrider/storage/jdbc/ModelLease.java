package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.command.LeaseCommands;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;

/// Who has a maildrop. The heartbeat locks no account, so whether it came before a lease was found
/// to have run out nobody can say; everything else has one answer.
final class ModelLease {

    private final MailboxId maildrop;
    private long epoch;
    private @Nullable String holder;

    /// Until when it lasts without a heartbeat, and with every one.
    private long surely;

    private long perhaps;

    ModelLease(MailboxId maildrop) {
        this.maildrop = maildrop;
    }

    boolean isHeld() {
        return holder != null;
    }

    boolean isKept(LeaseCommands.Held lease) {
        return isHeld() && lease.epoch() == epoch;
    }

    Outcome<LeaseCommands.Held> acquire(String by, long now, Object answer) {
        if (answer.equals(new Outcome.Refused<>(Refusal.IN_USE))) {
            assertThat(isHeld() && perhaps > now).as("%s is held by %s", maildrop, holder).isTrue();
            return new Outcome.Refused<>(Refusal.IN_USE);
        }
        assertThat(isHeld() && surely > now).as("%s is held by %s", maildrop, holder).isFalse();
        epoch++;
        holder = by;
        surely = now + LeaseCommands.LASTS.toMillis();
        perhaps = surely;
        return new Outcome.Done<>(new LeaseCommands.Held(maildrop, epoch));
    }

    void extend(LeaseCommands.Held lease, long now) {
        if (isKept(lease)) {
            perhaps = Math.max(perhaps, now + LeaseCommands.LASTS.toMillis());
        }
    }

    boolean giveBack(LeaseCommands.Held lease) {
        boolean kept = isKept(lease);
        if (kept) {
            drop();
        }
        return kept;
    }

    void drop() {
        holder = null;
    }
}
