package org.postrider.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// A process that does nothing but change a store, says what was acknowledged, and waits to be
/// killed.
///
/// A line is a word and the name of a message: `delivered`, `flagged`, `expunged` after the store
/// said so, `expunging` before it is asked.
final class KilledStore {

    private static final int SESSIONS = 12;

    private KilledStore() {}

    /// @param arguments JDBC URL, user, data directory, the round's number, seed
    public static void main(String[] arguments) throws InterruptedException {
        var round = arguments[3];
        int threshold = Integer.parseInt(round) % 2 == 0 ? Integer.MAX_VALUE : 1;
        var limits = StoreLimits.USUAL.with(new StoreLimits.Ranges(threshold, Duration.ZERO));
        var settings =
                StoreSettings.of(arguments[0], arguments[1], "", Path.of(arguments[2]))
                        .withLimits(limits);
        long seed = Long.parseLong(arguments[4]);
        var store = JdbcStore.open(settings, InstantSource.system());
        var account = TestStores.account(store, "round" + round + "@example.test");
        for (int i = 0; i < SESSIONS; i++) {
            var name = round + "-" + i;
            var random = new Random(seed + i);
            Thread.ofVirtual().start(() -> work(store, account, name, random));
        }
        Thread.currentThread().join();
    }

    private static void work(Store store, Account account, String name, Random random) {
        for (int n = 0; ; n++) {
            try {
                step(store, account, name + "-" + n, random);
            } catch (StoreUnavailable e) {
                System.err.println(e + ": " + e.getCause());
            }
        }
    }

    private static void step(Store store, Account account, String id, Random random) {
        var delivered = deliver(store, account, id, random);
        say("delivered", id);
        var uid = UidSet.of(delivered.uid().value());
        if (random.nextInt(4) == 0) {
            var inbox = delivered.mailbox();
            uid = done(store.messages().move(inbox, uid, inbox)).targets();
        }
        if (random.nextInt(3) == 0) {
            set(store, delivered, uid, SystemFlag.FLAGGED);
            say("flagged", id);
        }
        if (random.nextInt(5) == 0) {
            set(store, delivered, uid, SystemFlag.DELETED);
            say("expunging", id);
            store.messages().expunge(delivered.mailbox(), uid);
            say("expunged", id);
        }
    }

    private static Delivered deliver(Store store, Account account, String id, Random random) {
        int lines = random.nextInt(20) == 0 ? 20_000 : random.nextInt(200);
        var message = "Subject: " + id + "\r\n\r\n" + (id + " and more of it\r\n").repeat(lines);
        try (var staged = TestStores.staged(store, message)) {
            var trace = "X-Trace: kill\r\n".getBytes(StandardCharsets.US_ASCII);
            var delivery =
                    new Delivery(
                            staged,
                            Instant.now(),
                            List.of(new Delivery.Recipient(account.id(), trace)));
            return done(store.messages().deliver(delivery).getFirst());
        }
    }

    private static void set(Store store, Delivered message, UidSet uid, SystemFlag flag) {
        done(
                store.messages()
                        .storeFlags(
                                message.mailbox(),
                                uid,
                                new FlagChange.Add(Flags.of(flag)),
                                OptionalLong.empty()));
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done(var value) -> value;
            case Outcome.Refused(var why) -> throw new IllegalStateException("refused: " + why);
        };
    }

    private static synchronized void say(String what, String id) {
        System.out.println(what + " " + id);
        System.out.flush();
    }
}
