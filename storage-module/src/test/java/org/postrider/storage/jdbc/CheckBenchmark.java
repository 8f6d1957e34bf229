package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.jdbc.check.StoppedStore;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;
import org.postrider.storage.testing.mime.SampleMail;

/// How long a check takes, and how much memory: of one large mailbox and of many accounts, in a
/// process that has 128 MB of heap.
class CheckBenchmark extends DatabaseBenchmark {

    private static final int MESSAGES = Integer.getInteger("check.messages", 200_000);
    private static final int ACCOUNTS = Integer.getInteger("check.accounts", 2_000);
    private static final int EACH = 10;
    private static final int AT_ONCE = 500;

    @Override
    void measure(String database, StoreSettings settings) throws Exception {
        try (var store = (JdbcStore) JdbcStore.open(settings, InstantSource.system())) {
            fill(store, "large@example.test", MESSAGES);
            for (int i = 0; i < ACCOUNTS; i++) {
                fill(store, "user%d@example.test".formatted(i), EACH);
            }
            store.catchUp();
            store.snapshots().run();
        }
        for (var account : new String[] {"1", "0"}) {
            for (var deep : new String[] {"false", "true"}) {
                run(database, settings, account, deep);
            }
        }
    }

    private static void fill(JdbcStore store, String address, int messages) throws Exception {
        var account = TestStores.account(store, address);
        var inbox = store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
        var staged = staged(store);
        for (int from = 0; from < messages; from += AT_ONCE) {
            append(store, inbox, staged, from, Math.min(AT_ONCE, messages - from));
        }
        StoreFixture.done(
                store.messages()
                        .storeFlags(
                                inbox,
                                UidSet.range(1, messages / 2),
                                new FlagChange.Add(Flags.of(SystemFlag.SEEN)),
                                java.util.OptionalLong.empty()));
        staged.forEach(Staged::close);
    }

    private static void append(
            JdbcStore store, MailboxId inbox, java.util.List<Staged> staged, int from, int count) {
        var some =
                IntStream.range(from, from + count)
                        .mapToObj(i ->
                                new NewMessage(
                                        staged.get(i % staged.size()),
                                        Flags.NONE,
                                        StoreFixture.NOON.plusSeconds(i)))
                        .toList();
        StoreFixture.done(store.messages().append(inbox, some));
    }

    private static java.util.List<Staged> staged(JdbcStore store) throws Exception {
        var all = new ArrayList<Staged>();
        for (int n = 0; n < 20; n++) {
            var octets = SampleMail.realistic(n);
            if (store.messages().stage(new ByteArrayInputStream(octets), 1 << 30)
                    instanceof Staging.Ready(var staged)) {
                all.add(staged);
            }
        }
        return all;
    }

    private static void run(String database, StoreSettings settings, String account, String deep)
            throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Checking.class.getName(),
                                settings.writtenUrl(),
                                settings.user(),
                                settings.password(),
                                settings.dataDirectory().toString(),
                                account,
                                deep)
                        .redirectErrorStream(true)
                        .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .filter(line -> !line.contains(" DEBUG "))
                    .forEach(line -> System.out.printf("bench: %s: %s%n", database, line));
        }
        assertThat(process.waitFor()).isZero();
    }

    /// The process that checks.
    static final class Checking {

        private Checking() {}

        /// @param arguments URL, user, password, data directory, the only account or 0, deep
        public static void main(String[] arguments) {
            var settings =
                    StoreSettings.of(
                            arguments[0], arguments[1], arguments[2], Path.of(arguments[3]));
            int account = Integer.parseInt(arguments[4]);
            var only =
                    account == 0
                            ? Optional.<org.postrider.storage.directory.AccountId>empty()
                            : Optional.of(new org.postrider.storage.directory.AccountId(account));
            var options = new CheckOptions(Boolean.parseBoolean(arguments[5]), only);
            long start = System.nanoTime();
            var report =
                    StoppedStore.check(
                            settings, InstantSource.system(), options, System.out::println);
            double seconds = (System.nanoTime() - start) / 1e9;
            long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
            System.out.printf(
                    "%s of %d accounts, %d messages: %.1f s, %.1f s of CPU, at most %d MB of heap%n",
                    options.deep() ? "check --deep" : "check",
                    report.accounts(),
                    report.messages(),
                    seconds,
                    cpu / 1e3,
                    peak() >> 20);
            System.exit(report.clean() ? 0 : 1);
        }

        private static long peak() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getPeakUsage)
                    .mapToLong(usage -> usage.getUsed())
                    .sum();
        }
    }
}
