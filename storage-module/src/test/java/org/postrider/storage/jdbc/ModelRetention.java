package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.IntFunction;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.retention.RetentionCommands;

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

    /// What was purged was gone for so long as it has to be kept, and nobody showed it. Of what the
    /// command was told of, nothing else may stay, unless all does: as long as rows of the account
    /// are behind its log.
    Object purge(RetentionCommands.Purge command, CommandLog.Entry entry) {
        var purged = entry.away().purged();
        for (var key : purged) {
            var box = box(key);
            var tombstone = box.tombstone(key.uid());
            assertThat(isDue(tombstone, entry)).as("%s is due", key).isTrue();
            assertThat(entry.shown().showed(box.id, tombstone.modSeq()))
                    .as("%s is shown", key)
                    .isFalse();
        }
        if (!purged.isEmpty()) {
            var kept = new ArrayList<>(command.candidates());
            kept.removeAll(purged);
            kept.forEach(key -> assertStays(key, entry));
        }
        purged.forEach(key -> box(key).tombstones.remove(key.uid()));
        return purged.size();
    }

    private boolean isDue(ModelMailbox.Tombstone tombstone, CommandLog.Entry entry) {
        return tombstone.at() + undelete.toMillis() <= entry.now();
    }

    /// What is due stays because somebody may show it.
    private void assertStays(MessageKey key, CommandLog.Entry entry) {
        Optional.ofNullable(accounts.apply(key.account()).all.get(key.mailbox()))
                .map(box -> box.tombstones.get(key.uid()))
                .filter(tombstone -> isDue(tombstone, entry))
                .ifPresent(tombstone ->
                        assertThat(entry.shown().mayHaveShown(box(key).id, tombstone.modSeq()))
                                .as("%s may be shown", key)
                                .isTrue());
    }

    Object reap(CommandLog.Entry entry) {
        for (var reaped : entry.away().reaped()) {
            var key = reaped.key();
            var box = box(key);
            assertThat(box.deleted).as("%s was deleted", box).isTrue();
            assertThat(reaped.modSeq()).isEqualTo(box.highestModSeq);
            assertThat(reaped.at()).isIn(box.deletedAt, entry.now());
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
