package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.testing.TestStores;

/// On the embedded store an acknowledgement comes after the force of what it promises: first the
/// body in its segment, then the row in H2's file.
class ForceTest {

    private static final int CALLERS = 8;
    private static final int MESSAGES = 400;
    private static final int TOGETHER = 20;

    @TempDir Path directory;

    private final ForceRecorder recorder = new ForceRecorder();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void anAcknowledgementComesAfterTheForceOfWhatItPromises() throws Exception {
        try (var store = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var account = TestStores.account(store, "alice@example.test");
            var callers = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> deliverAll(store, account)));
            }
            for (var caller : callers) {
                caller.get();
            }
            subscribe(store, account);
        }
    }

    @Test
    void deliveriesThatWaitTogetherShareAForce() throws Exception {
        try (var store = open()) {
            var account = TestStores.account(store, "alice@example.test");
            deliver(store, account, 0, "ack-0-\r\n");
            int before;
            try (var lane = new HeldLane((JdbcStore) store)) {
                for (int i = 1; i <= TOGETHER; i++) {
                    int n = i;
                    lane.ask(() -> {
                        deliver(store, account, n, "ack-" + n + "-\r\n");
                        return true;
                    });
                }
                before = recorder.segmentForces();
                assertThat(lane.release()).containsOnly(Optional.empty());
            }
            // The text of the first delivery may be kept meanwhile, by a group of its own.
            assertThat(recorder.segmentForces()).isBetween(before + 1, before + 3);
            for (int n = 1; n <= TOGETHER; n++) {
                assertThat(recorder.forcedInSegments(n)).as("body %d is forced", n).isTrue();
                assertThat(recorder.forcedInDatabase(n)).as("row %d is forced", n).isTrue();
            }
        }
    }

    private Store open() {
        recorder.install();
        var settings =
                StoreSettings.of(
                        "jdbc:h2:file:recorded:" + directory.resolve("store"),
                        "postrider",
                        "",
                        directory);
        return JdbcStore.open(settings, InstantSource.system(), recorder.segmentFiles());
    }

    private void deliverAll(Store store, Account account) {
        for (int n = next.incrementAndGet(); n <= MESSAGES; n = next.incrementAndGet()) {
            // Every hundredth is too large for memory and goes to a segment of its own.
            var rest = n % 100 == 0 ? TestStores.noise(n, 600_000) : "";
            deliver(store, account, n, "ack-" + n + "-\r\n" + rest);
            assertThat(recorder.forcedInSegments(n)).as("body %d is forced", n).isTrue();
            assertThat(recorder.forcedInDatabase(n)).as("row %d is forced", n).isTrue();
        }
    }

    private static void deliver(Store store, Account account, int n, String body) {
        var trace = ("X-Trace: ack-" + n + "-\r\n").getBytes(StandardCharsets.US_ASCII);
        try (var staged = TestStores.staged(store, "Subject: x\r\n\r\n" + body)) {
            var recipient = new Delivery.Recipient(account.id(), trace);
            var delivery = new Delivery(staged, Instant.now(), List.of(recipient));
            assertThat(store.messages().deliver(delivery).getFirst())
                    .isInstanceOf(Outcome.Done.class);
        }
    }

    /// What has no body is forced too.
    private void subscribe(Store store, Account account) {
        store.mailboxes().subscribe(account.id(), new MailboxName("ack-999999-"));
        assertThat(recorder.forcedInDatabase(999_999)).isTrue();
    }
}
