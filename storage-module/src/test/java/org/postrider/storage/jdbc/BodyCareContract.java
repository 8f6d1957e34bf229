package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// Octets that nobody can ask for any more go, and no others.
abstract class BodyCareContract extends StoreFixture {

    static final int SEGMENT = 256 << 10;

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    void reopenSmall() {
        store.close();
        settings =
                settings.withLimits(
                        StoreLimits.USUAL
                                .with(new StoreLimits.Bodies(SEGMENT, 0))
                                .with(
                                        new StoreLimits.Memory(
                                                64 << 10,
                                                16 << 20,
                                                1000,
                                                StoreLimits.Views.USUAL)));
        store = JdbcStore.open(settings, now::get);
    }

    void upkeep(String... names) throws Exception {
        for (var name : names) {
            ((JdbcStore) store).upkeep().run(name);
        }
    }

    long number(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    String message(int n) {
        return "Subject: " + n + "\r\n\r\n" + TestStores.noise(n, n % 20 == 0 ? 100_000 : 5_000);
    }

    /// Delivers messages, some large, and expunges every second.
    MailboxId half(int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            deliver(alice, "", message(i));
        }
        var inbox = inbox(alice);
        for (int i = 2; i <= count; i += 2) {
            store(inbox, UidSet.of(i), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        }
        done(store.messages().expunge(inbox, UidSet.range(1, count)));
        return inbox;
    }

    void assertHalf(MailboxId inbox, int count) throws IOException {
        for (int i = 1; i <= count; i += 2) {
            assertThat(read(inbox, UidSet.of(i))).containsExactly(message(i));
        }
    }

    static long octets(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void whatIsPurgedIsCollectedAndNothingElse() throws Exception {
        reopenSmall();
        var inbox = half(60);
        long before = number("select count(*) from body");
        later(Duration.ofDays(30));
        upkeep("purge");
        assertThat(number("select count(*) from body")).isEqualTo(before / 2);
        assertThat(number("select count(*) from gc_task")).isEqualTo(before / 2);
        later(Duration.ofDays(1));
        upkeep("collection");
        assertThat(number("select count(*) from gc_task")).isZero();
        assertHalf(inbox, 60);
        assertCollected();
    }

    @Test
    void aClockThatWasSetBackGivesNoNumberTwice() throws Exception {
        reopenSmall();
        deliver(alice, "", MESSAGE);
        long first = number("select max(body_id) from body");
        later(Duration.ofDays(-300));
        store.close();
        store = JdbcStore.open(settings, now::get);
        deliver(alice, "", MESSAGE);
        store.close();
        store = JdbcStore.open(settings, now::get);
        deliver(alice, "", MESSAGE);
        assertThat(number("select min(body_id) from body")).isEqualTo(first);
        assertThat(number("select count(*) from body")).isEqualTo(3);
    }

    abstract void assertCollected() throws Exception;
}
