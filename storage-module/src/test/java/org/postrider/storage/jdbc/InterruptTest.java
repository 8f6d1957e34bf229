package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// An interrupt of a thread inside H2 or a channel closes the file for everybody. No thread of a
/// caller is ever inside one, so a caller that somebody interrupts harms nobody, itself included.
class InterruptTest {

    private static final int MESSAGES = 60;

    @TempDir Path directory;

    @Test
    void whoIsInterruptedWhileReadingReadsOnAndTheStoreTakesMail() throws Exception {
        try (var store = TestStores.h2(directory)) {
            var alice = TestStores.account(store, "alice@example.test");
            var body = "Subject: x\r\n\r\n" + "0123456789\r\n".repeat(60_000);
            for (int i = 0; i < MESSAGES; i++) {
                deliver(store, alice, i % 10 == 0 ? body : "Subject: " + i + "\r\n\r\n");
            }
            var inbox = store.mailboxes().find(alice.id(), MailboxName.INBOX).orElseThrow().id();
            var read = new AtomicInteger();
            var reader = Thread.ofPlatform().start(() -> readAll(store, inbox, read));
            var random = new Random(1);
            while (reader.isAlive()) {
                reader.interrupt();
                long until = System.nanoTime() + random.nextInt(300_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }
            assertThat(read.get()).isEqualTo(MESSAGES * 3);
            deliver(store, alice, body);
            readAll(store, inbox, read);
            assertThat(read.get()).isEqualTo(MESSAGES * 6 + 3);
        }
    }

    private static void readAll(Store store, MailboxId inbox, AtomicInteger read) {
        for (int round = 0; round < 3; round++) {
            try {
                store.messages()
                        .read(
                                inbox,
                                UidSet.range(1, MESSAGES + 1),
                                message -> {
                                    try (var octets = message.open()) {
                                        var text =
                                                new String(
                                                        octets.readAllBytes(),
                                                        StandardCharsets.US_ASCII);
                                        assertThat(text).startsWith("Subject: ");
                                        read.incrementAndGet();
                                    }
                                });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /// Delivers, interrupted beforehand.
    private static void deliver(Store store, Account account, String message) {
        Thread.currentThread().interrupt();
        try (var staged = TestStores.staged(store, message)) {
            var recipient = new Delivery.Recipient(account.id(), new byte[0]);
            var delivery = new Delivery(staged, Instant.now(), List.of(recipient));
            StoreContract.done(store.messages().deliver(delivery).getFirst());
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
