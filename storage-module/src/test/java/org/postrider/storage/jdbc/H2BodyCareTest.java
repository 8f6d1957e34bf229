package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;

/// The care for bodies in segments.
class H2BodyCareTest extends BodyCareContract {

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }

    /// Each file that is counted holds what is live and what is dead, and nothing else.
    @Override
    void assertCollected() throws Exception {
        store.close();
        store = JdbcStore.open(settings, now::get);
        upkeep("segments");
        assertThat(
                        number(
                                """
                                select count(*) from pack p
                                where p.state = 0 and 0 <> p.bytes - p.note_bytes - p.dead_bytes - coalesce((
                                    select sum(pack_len + 16) from body b
                                    where b.pack_id = p.pack_id), 0) - coalesce((
                                    select sum(pack_len + 16) from body_text t
                                    where t.pack_id = p.pack_id), 0)
                                """))
                .isZero();
        assertThat(number("select count(*) from pack")).isPositive();
    }

    @Test
    void segmentsMoreThanHalfDeadAreCompactedAndTheirFilesGoLater() throws Exception {
        reopenSmall();
        var inbox = half(120);
        later(Duration.ofDays(30));
        upkeep("purge");
        later(Duration.ofDays(1));
        upkeep("collection");
        copy();
        store.close();
        long before = octets(directory.resolve("segments"));
        store = JdbcStore.open(settings, now::get);
        upkeep("segments");
        assertHalf(inbox, 120);
        long retired = number("select count(*) from pack where state = 2");
        assertThat(retired).isPositive();
        var held = new StoredMessage[1];
        store.messages().read(inbox, UidSet.of(1), message -> held[0] = message);
        copy();
        upkeep("segments");
        assertThat(number("select count(*) from pack where state = 2")).isEqualTo(retired);
        copy();
        upkeep("segments");
        assertThat(number("select count(*) from pack where state = 2")).isLessThan(retired);
        assertHalf(inbox, 120);
        try (var octets = held[0].open()) {
            assertThat(octets.readAllBytes()).hasSize(message(1).length());
        }
        assertCollected();
        store.close();
        assertThat(octets(directory.resolve("segments"))).isLessThan(before * 3 / 4);
        System.out.printf(
                "compaction: %d octets before, %d after%n",
                before, octets(directory.resolve("segments")));
        store = JdbcStore.open(settings, now::get);
        assertHalf(inbox, 120);
    }

    /// How far H2 gets with giving back room at an orderly stop depends on the machine's speed.
    @Test
    void theDatabaseDoesNotGrowByWhatIsGone() throws Exception {
        reopenSmall();
        for (int i = 0; i < 1500; i++) {
            deliver(alice, "", MESSAGE);
        }
        store.close();
        long before = database();
        store = JdbcStore.open(settings, now::get);
        var inbox = inbox(alice);
        var deleted =
                new org.postrider.storage.mailbox.FlagChange.Add(
                        org.postrider.storage.mailbox.Flags.of(
                                org.postrider.storage.mailbox.SystemFlag.DELETED));
        store(inbox, UidSet.range(1, 750), deleted);
        done(store.messages().expunge(inbox, UidSet.range(1, 750)));
        later(Duration.ofDays(30));
        upkeep("purge", "collection");
        later(Duration.ofDays(1));
        upkeep("collection", "segments");
        store.close();
        long after = database();
        System.out.printf("database: %d octets before, %d after%n", before, after);
        assertThat(after).isLessThanOrEqualTo(before + before / 2);
        store = JdbcStore.open(settings, now::get);
    }

    /// A copy of the database later than everything so far.
    private void copy() throws Exception {
        later(Duration.ofDays(2));
        upkeep(JdbcStore.COPIES);
    }

    private long database() {
        return directory.resolve("postrider.mv.db").toFile().length();
    }
}
