package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// How long a search of a mailbox takes, and the reading of what FETCH ENVELOPE BODYSTRUCTURE
/// needs. The figures are printed; what is asserted is only what was found. `-Dsearch.messages`
/// gives the size of the mailbox.
class SearchBenchmark extends DatabaseBenchmark {

    private static final int MESSAGES = Integer.getInteger("search.messages", 10_000);
    private static final int ROUNDS = Integer.getInteger("search.rounds", 7);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final UidSet ALL = UidSet.range(1, Uid.MAX);

    @Override
    void measure(String name, StoreSettings settings) throws Exception {
        try (var store = (JdbcStore) JdbcStore.open(settings, InstantSource.system())) {
            fill(store, TestStores.account(store, "alice@example.test"));
        }
        try (var store = (JdbcStore) JdbcStore.open(settings, InstantSource.system())) {
            var account = TestStores.account(store, "alice@example.test");
            var view = view(store, account);
            System.out.printf(
                    "%s, %d messages of 4 KB, first and best of %d%n", name, MESSAGES, ROUNDS);
            fetch(store, view);
            search(store, view, "FROM", new Criterion.Field("From", "sender 7"));
            search(store, view, "SUBJECT", new Criterion.Field("Subject", "no such subject"));
            search(store, view, "HEADER List-Id", new Criterion.Field("List-Id", "x"));
            search(
                    store,
                    view,
                    "SENTON",
                    new Criterion.Sent(
                            java.time.LocalDate.of(2026, 3, 1),
                            java.time.LocalDate.of(2026, 3, 2)));
            search(store, view, "BODY without texts", new Criterion.Body("needle in hay"));
            for (int run = 0; run < MESSAGES / 128 + 4; run++) {
                store.upkeep().run("texts");
            }
            search(store, view, "BODY", new Criterion.Body("needle in hay"));
            search(store, view, "TEXT", new Criterion.Text("nowhere to be found"));
        }
    }

    private static void search(Store store, MailboxView view, String what, Criterion criterion)
            throws IOException {
        time(
                "SEARCH " + what,
                () -> {
                    var found = new ArrayList<Long>();
                    store.messages().search(view, ALL, criterion, found::add);
                    return found.size();
                });
    }

    private static void fetch(Store store, MailboxView view) throws IOException {
        time(
                "ENVELOPE BODYSTRUCTURE",
                () -> {
                    var count = new int[1];
                    store.messages()
                            .read(
                                    view.mailbox(),
                                    ALL,
                                    message -> {
                                        assertThat(message.meta().envelope().from()).isNotEmpty();
                                        count[0] +=
                                                message.meta().structure().place().end() > 0
                                                        ? 1
                                                        : 0;
                                    });
                    return count[0];
                });
    }

    private interface Work {
        int run() throws IOException;
    }

    private static void time(String what, Work work) throws IOException {
        var times = new double[ROUNDS];
        var processor = new double[ROUNDS];
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long used = PROCESS.getProcessCpuTime();
            found = work.run();
            times[round] = (System.nanoTime() - start) / 1e6;
            processor[round] = (PROCESS.getProcessCpuTime() - used) / 1e6;
        }
        double first = times[0];
        double firstUsed = processor[0];
        Arrays.sort(times);
        Arrays.sort(processor);
        System.out.printf(
                "  %-24s %7.1f ms, %7.1f ms; processor %7.1f ms, %7.1f ms (%d found)%n",
                what, first, times[0], firstUsed, processor[0], found);
    }

    private static MailboxView view(Store store, Account account) {
        var inbox = inbox(store, account);
        if (store.mailboxes().follow(inbox, () -> {}) instanceof Outcome.Done(var feed)) {
            try (feed) {
                return feed.current();
            }
        }
        throw new IllegalStateException("no INBOX");
    }

    private static MailboxId inbox(Store store, Account account) {
        return store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
    }

    private static void fill(Store store, Account account) {
        var random = new Random(1);
        var inbox = inbox(store, account);
        for (int from = 0; from < MESSAGES; from += 100) {
            var messages = new ArrayList<NewMessage>();
            for (int i = from; i < Math.min(MESSAGES, from + 100); i++) {
                messages.add(
                        new NewMessage(
                                TestStores.staged(store, mail(i, random)),
                                Flags.NONE,
                                Instant.EPOCH));
            }
            assertThat(store.messages().append(inbox, messages)).isInstanceOf(Outcome.Done.class);
            messages.stream().map(NewMessage::message).forEach(Staged::close);
        }
    }

    private static String mail(int i, Random random) {
        var words = List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta");
        var body = new StringBuilder();
        while (body.length() < 3_000) {
            body.append(words.get(random.nextInt(words.size())));
            body.append(random.nextInt(12) == 0 ? "\r\n" : " ");
        }
        return """
        Received: from relay%d.example.test by mx.example.test with ESMTPS id %d;
         Sun, 1 Mar 2026 10:00:00 +0100
        DKIM-Signature: v=1; a=rsa-sha256; d=example.test; s=s; h=from:to:subject;
         b=%s
        Authentication-Results: mx.example.test; dkim=pass header.d=example.test
        Date: Sun, 1 Mar 2026 10:00:00 +0100
        From: "A Sender %d" <sender%d@example.test>
        To: Alice <alice@example.test>, Bob <bob@example.test>
        Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= number %d of many
        Message-ID: <%d.%d@example.test>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="b%d"

        --b%d
        Content-Type: text/plain; charset=utf-8

        """
                        .formatted(i % 7, i, "x".repeat(340), i % 97, i % 97, i, i, i, i, i)
                        .replace("\n", "\r\n")
                + body
                + "\r\n--b%d\r\nContent-Type: text/html\r\n\r\n<p>alpha</p>\r\n--b%d--\r\n"
                        .formatted(i, i);
    }
}
