package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// An account's INBOX as an IMAP client sees and changes it, by the store that IMAP itself uses.
/// Messages are counted from 1, in the order in which they are there at the moment.
final class Inbox {

    private static final long MAX_OCTETS = 256 << 20;
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Store store;
    private final Account account;

    Inbox(Store store, Account account) {
        this.store = store;
        this.account = account;
    }

    MailboxEntry entry() {
        return store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow();
    }

    MailboxView view() {
        try (var feed = done(store.mailboxes().follow(entry().id(), () -> {}))) {
            return feed.current();
        }
    }

    /// APPEND of a text; line ends become CRLF.
    void append(String text) throws IOException {
        append(text.getBytes(UTF_8));
    }

    void append(byte[] octets) throws IOException {
        appendTo(entry().id(), octets);
    }

    /// Whether the store takes no such octets.
    boolean refuses(byte[] octets) throws IOException {
        return !(store.messages().stage(new ByteArrayInputStream(octets), MAX_OCTETS)
                instanceof Staging.Ready);
    }

    /// The same message many times.
    void appendMany(String text, int count) throws IOException {
        appendAll(Collections.nCopies(count, text.getBytes(UTF_8)));
    }

    /// Many messages in few transactions.
    void appendAll(List<byte[]> messages) throws IOException {
        for (int first = 0; first < messages.size(); first += BATCH) {
            var batch = new ArrayList<NewMessage>();
            int end = Math.min(first + BATCH, messages.size());
            for (var octets : messages.subList(first, end)) {
                var staged = store.messages().stage(new ByteArrayInputStream(octets), MAX_OCTETS);
                var message = ((Staging.Ready) staged).message();
                batch.add(new NewMessage(message, Flags.NONE, Instant.EPOCH));
            }
            done(store.messages().append(entry().id(), batch));
        }
    }

    void appendTo(MailboxId mailbox, byte[] octets) throws IOException {
        var staging = store.messages().stage(new ByteArrayInputStream(octets), MAX_OCTETS);
        try (var message = ((Staging.Ready) staging).message()) {
            done(
                    store.messages()
                            .append(
                                    mailbox,
                                    List.of(new NewMessage(message, Flags.NONE, Instant.EPOCH))));
        }
    }

    /// STORE +FLAGS.
    void flag(SystemFlag flag, int... numbers) {
        done(
                store.messages()
                        .storeFlags(
                                entry().id(),
                                uids(numbers),
                                new FlagChange.Add(Flags.of(flag)),
                                OptionalLong.empty()));
    }

    /// STORE +FLAGS (\Deleted), UID EXPUNGE.
    void expunge(int... numbers) {
        var uids = uids(numbers);
        flag(SystemFlag.DELETED, numbers);
        done(store.messages().expunge(entry().id(), uids));
    }

    /// STORE -FLAGS.
    void unflag(SystemFlag flag, int... numbers) {
        done(
                store.messages()
                        .storeFlags(
                                entry().id(),
                                uids(numbers),
                                new FlagChange.Remove(Flags.of(flag)),
                                OptionalLong.empty()));
    }

    void empty() {
        int size = view().size();
        if (size > 0) {
            expunge(IntStream.rangeClosed(1, size).toArray());
        }
    }

    MailboxId create(String name) {
        var mailbox = MailboxName.parse(name).orElseThrow();
        return done(store.mailboxes().create(account.id(), mailbox, SpecialUse.NONE)).id();
    }

    MailboxId find(String name) {
        var mailbox = MailboxName.parse(name).orElseThrow();
        return store.mailboxes().find(account.id(), mailbox).orElseThrow().id();
    }

    int sizeOf(MailboxId mailbox) {
        return done(store.mailboxes().status(mailbox)).messages();
    }

    void copyTo(MailboxId target, int... numbers) {
        done(store.messages().copy(entry().id(), uids(numbers), target));
    }

    /// Moves messages to another mailbox.
    void moveTo(MailboxId target, int... numbers) {
        copyTo(target, numbers);
        expunge(numbers);
    }

    /// RENAME INBOX: the messages go, INBOX stays.
    void renameTo(String name) {
        done(
                store.mailboxes()
                        .rename(
                                account.id(),
                                MailboxName.INBOX,
                                MailboxName.parse(name).orElseThrow()));
    }

    /// Waits until no POP3 session has the maildrop: a server learns of a lost connection a moment
    /// after the client ended it.
    void awaitUnlocked() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!tryLock()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the maildrop stays locked");
            }
            Thread.onSpinWait();
        }
    }

    private boolean tryLock() {
        return switch (store.maildrops().open(account.id(), "test")) {
            case Outcome.Done<Maildrops.Maildrop>(var maildrop) -> {
                maildrop.close();
                yield true;
            }
            case Outcome.Refused<Maildrops.Maildrop> _ -> false;
        };
    }

    boolean isSeen(int number) {
        return view().flags(number - 1).has(SystemFlag.SEEN);
    }

    /// The octets of a message as they are stored.
    byte[] octets(int number) throws IOException {
        var octets = new ByteArrayOutputStream();
        store.messages()
                .read(
                        entry().id(),
                        uids(number),
                        message -> {
                            try (var stored = message.open()) {
                                stored.transferTo(octets);
                            }
                        });
        return octets.toByteArray();
    }

    private UidSet uids(int... numbers) {
        var view = view();
        return UidSet.of(IntStream.of(numbers).mapToLong(number -> view.uid(number - 1)).toArray());
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(var value) -> value;
            case Outcome.Refused<T>(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
