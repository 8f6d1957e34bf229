package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;

/// What retention makes of accounts. The store decides how much it does at a time, and so it tells
/// what it took away; that it could be taken away is known here.
final class ModelRetention {

    private final IntFunction<ModelAccount> accounts;
    private final Duration undelete;

    /// @param accounts by number
    /// @param undelete how long what is gone is kept
    ModelRetention(IntFunction<ModelAccount> accounts, Duration undelete) {
        this.accounts = accounts;
        this.undelete = undelete;
    }

    private ModelMailbox box(MessageKey key) {
        return accounts.apply(key.account()).any(key.mailbox());
    }

    /// What was purged was gone for so long as it has to be kept.
    Object purge(CommandLog.Entry entry) {
        for (var key : entry.away().purged()) {
            var box = box(key);
            long at = box.tombstone(key.uid()).at();
            assertThat(at + undelete.toMillis()).isLessThanOrEqualTo(entry.now());
            box.tombstones.remove(key.uid());
        }
        return entry.away().purged().size();
    }

    Object reap(CommandLog.Entry entry) {
        for (var reaped : entry.away().reaped()) {
            var key = reaped.key();
            var box = box(key);
            assertThat(box.deleted).as("%s was deleted", box).isTrue();
            assertThat(reaped.at()).isGreaterThanOrEqualTo(box.deletedAt);
            var message = box.take(key.uid());
            box.tombstones.put(
                    key.uid(),
                    new ModelMailbox.Tombstone(
                            message, reaped.modSeq(), reaped.at(), Change.Origin.MAILBOX));
        }
        return entry.answer();
    }

    /// Mailboxes are forgotten of which nothing is left.
    Object cut(CommandLog.Entry entry) {
        entry.away()
                .cut()
                .ifPresent(cut -> {
                    var account = accounts.apply(cut.account());
                    for (int number : cut.mailboxes()) {
                        var box = account.any(number);
                        assertThat(box.deleted).isTrue();
                        assertThat(box.messages).isEmpty();
                        assertThat(box.tombstones).isEmpty();
                        account.all.remove(number);
                    }
                });
        return entry.answer();
    }
}
