package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.mime.SampleMail;

/// The care for bodies in segments.
class H2BodyCareTest extends BodyCareContract {

    private static final int MESSAGES = 3_000;
    private static final int AT_ONCE = 20;

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

    /// As on a disk that is damaged: what can be compacted is, and the rest when it is there again.
    @Test
    void aSegmentThatIsNotThereHoldsUpNoOther() throws Exception {
        reopenSmall();
        reopenQuiet();
        var inbox = half(120);
        var most = UidSet.range(1, 100);
        store(inbox, most, new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(inbox, most));
        upkeep("segments");
        later(Duration.ofDays(30));
        upkeep("purge");
        later(Duration.ofDays(1));
        upkeep("collection");
        long lost =
                number("select min(pack_id) from pack where state = 0 and dead_bytes > bytes / 2");
        var file = directory.resolve("segments").resolve("%012d.seg".formatted(lost));
        var aside = Files.move(file, directory.resolve("aside"));
        reopenQuiet();
        upkeep("segments");
        assertThat(number("select count(*) from pack where state = 2")).isPositive();
        assertThat(number("select state from pack where pack_id = " + lost)).isZero();
        Files.move(aside, file);
        reopenQuiet();
        upkeep("segments");
        assertThat(number("select state from pack where pack_id = " + lost)).isEqualTo(2);
        for (int uid = 101; uid < 120; uid += 2) {
            assertThat(read(inbox, UidSet.of(uid))).containsExactly(message(uid));
        }
    }

    /// From now on nothing is done that the test does not ask for.
    private void reopenQuiet() throws IOException {
        store.close();
        store = JdbcStore.openForRestore(settings, now::get, SegmentFiles.ofSystem());
    }

    @Test
    void theDatabaseDoesNotGrowByWhatIsGone() throws Exception {
        reopenSmall();
        var inbox = inbox(alice);
        for (int i = 0; i < MESSAGES; i += AT_ONCE) {
            append(inbox, i);
        }
        long before = stopped();
        var half = UidSet.range(1, MESSAGES / 2);
        store(inbox, half, new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(inbox, half));
        catchUp();
        later(Duration.ofDays(30));
        upkeep("purge", "collection");
        later(Duration.ofDays(1));
        upkeep("collection", "segments");
        assertThat(number("select count(*) from message_meta")).isEqualTo(MESSAGES / 2);
        long after = stopped();
        System.out.printf("database: %d octets before, %d after%n", before, after);
        assertThat(after).isLessThanOrEqualTo(before);
    }

    /// Each group leaves pages behind that hold the room of a whole chunk. The first 8 MB are left
    /// alone, and room that became free rests for a second: how large the file gets depends on how
    /// much is delivered in one.
    @Test
    void aDatabaseInUseIsInProportionToWhatIsInIt() throws Exception {
        reopenSmall();
        var message = new String(SampleMail.realistic(1), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 2_000; i++) {
            deliver(alice, "", message);
        }
        long used = database();
        long stopped = stopped();
        System.out.printf("database: %d octets in use, %d stopped%n", used, stopped);
        assertThat(used).isLessThan((24 << 20) + 3 * stopped);
    }

    /// The size of the database's file after an orderly end; then it is in use again.
    private long stopped() {
        store.close();
        long octets = database();
        store = JdbcStore.open(settings, now::get);
        return octets;
    }

    private void append(MailboxId mailbox, int from) {
        var messages = new ArrayList<NewMessage>();
        for (int i = from; i < from + AT_ONCE; i++) {
            var octets = new String(SampleMail.realistic(i), StandardCharsets.ISO_8859_1);
            messages.add(new NewMessage(staged(octets), Flags.NONE, NOON));
        }
        done(store.messages().append(mailbox, messages));
        messages.forEach(each -> each.message().close());
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
