package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.OptionalLong;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// How long large changes take, durable, in a mailbox that is in memory, and how long their rows
/// take afterwards. The figures are printed; what is asserted is only that nothing is lost.
class RangeBenchmark extends DatabaseBenchmark {

    private static final int MESSAGES = Integer.getInteger("ranges.messages", 10_000);
    private static final int ROUNDS = Integer.getInteger("ranges.rounds", 5);
    private static final int SOME = MESSAGES / 10;
    private static final UidSet ALL = UidSet.range(1, Uid.MAX);

    @Override
    void measure(String name, StoreSettings usual) throws Exception {
        var never = new StoreLimits.Ranges(Math.min(256, SOME), Duration.ofDays(1));
        var settings = usual.withLimits(usual.limits().with(never));
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            new Run(name, store).all();
        }
    }

    /// What is timed.
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static final class Run {
        private final String name;
        private final Store store;
        private final Account account;

        Run(String name, Store store) {
            this.name = name;
            this.store = store;
            this.account = TestStores.account(store, "alice@example.test");
        }

        void all() throws Exception {
            var inbox = store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
            fill(inbox);
            try (var feed = StoreContract.done(store.mailboxes().follow(inbox, () -> {}))) {
                assertThat(feed.current().size()).isEqualTo(MESSAGES);
                flags(inbox);
                copies(inbox);
                assertThat(feed.current().size()).isEqualTo(MESSAGES);
                assertThat(feed.current().unseen()).isEqualTo(MESSAGES);
            }
        }

        private void flags(MailboxId inbox) throws Exception {
            for (int i = 0; i < 4 * ROUNDS; i++) { // until it is compiled
                store(inbox, ALL, change(i));
            }
            catchUp();
            time("STORE %d flags".formatted(MESSAGES), round -> store(inbox, ALL, change(round)));
            int waiting = ROUNDS * MESSAGES;
            time("their rows, %d in all".formatted(waiting), this::catchUp);
            var every = new ArrayList<UidSet.Range>();
            for (long uid = 1; uid <= MESSAGES; uid += 2) {
                every.add(new UidSet.Range(uid, uid));
            }
            var other = new UidSet(every);
            time("STORE every other", round -> store(inbox, other, change(round)));
            time("their rows", this::catchUp);
        }

        private void copies(MailboxId inbox) throws Exception {
            var boxes = new ArrayList<MailboxId>();
            for (int i = 0; i < ROUNDS; i++) {
                boxes.add(box("Copy" + i));
            }
            time(
                    "COPY %d".formatted(SOME),
                    round -> store.messages().copy(inbox, UidSet.range(1, SOME), boxes.get(round)));
            time("their rows", this::catchUp);
            var target = box("Target");
            time(
                    "MOVE %d".formatted(SOME),
                    round -> store.messages().move(boxes.get(round), ALL, target));
            time("their rows", this::catchUp);
            time(
                    "COPY %d".formatted(MESSAGES),
                    round -> store.messages().copy(inbox, ALL, boxes.get(round)));
            time("their rows", this::catchUp);
            for (var box : boxes) {
                store(box, ALL, new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
            }
            catchUp();
            time(
                    "EXPUNGE %d".formatted(MESSAGES),
                    round ->
                            assertThat(
                                            StoreContract.done(
                                                            store.messages()
                                                                    .expunge(boxes.get(round), ALL))
                                                    .size())
                                    .isEqualTo(MESSAGES));
            time("their rows", this::catchUp);
        }

        private static FlagChange change(int round) {
            var flag = Flags.of(SystemFlag.FLAGGED);
            return round % 2 == 0 ? new FlagChange.Add(flag) : new FlagChange.Remove(flag);
        }

        private void store(MailboxId mailbox, UidSet uids, FlagChange change) {
            StoreContract.done(
                    store.messages().storeFlags(mailbox, uids, change, OptionalLong.empty()));
        }

        private MailboxId box(String box) {
            return StoreContract.done(
                            store.mailboxes()
                                    .create(account.id(), new MailboxName(box), SpecialUse.NONE))
                    .id();
        }

        private void catchUp() {
            ((JdbcStore) store).lanes().catchUp(account.id().value());
        }

        private void fill(MailboxId inbox) {
            for (int done = 0; done < MESSAGES; ) {
                var some = new ArrayList<NewMessage>();
                for (int i = 0; i < 250 && done < MESSAGES; i++) {
                    var staged = TestStores.staged(store, "Subject: " + done++ + "\r\n\r\nx\r\n");
                    some.add(new NewMessage(staged, Flags.NONE, Instant.EPOCH));
                }
                StoreContract.done(store.messages().append(inbox, some));
                some.forEach(each -> each.message().close());
            }
        }

        /// Takes a round's number.
        @FunctionalInterface
        private interface Repeated {
            void run(int round) throws Exception;
        }

        private void time(String what, Repeated step) throws Exception {
            var times = new ArrayList<Long>();
            for (int i = 0; i < ROUNDS; i++) {
                int round = i;
                times.add(nanoseconds(() -> step.run(round)));
            }
            Collections.sort(times);
            System.out.printf(
                    "%s: %s: best %.1f ms, median %.1f ms%n",
                    name, what, times.getFirst() / 1e6, times.get(ROUNDS / 2) / 1e6);
        }

        private void time(String what, Step step) throws Exception {
            System.out.printf("%s: %s: %.1f ms%n", name, what, nanoseconds(step) / 1e6);
        }

        private static long nanoseconds(Step step) throws Exception {
            long start = System.nanoTime();
            step.run();
            return System.nanoTime() - start;
        }
    }
}
