package org.postrider.storage.jdbc;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.postrider.storage.Store;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;

/// All that the ports of a store tell of some accounts, as lines, so that two stores can be
/// compared however they keep it.
final class StoreText {

    private final Store store;
    private final List<String> lines = new ArrayList<>();

    private StoreText(Store store) {
        this.store = store;
    }

    static List<String> of(Store store, List<String> addresses) throws IOException {
        var text = new StoreText(store);
        for (var address : addresses) {
            var parsed = MailAddress.parse(address).orElseThrow();
            text.account(store.directory().credential(parsed).orElseThrow().account());
        }
        return text.lines;
    }

    private void account(Account account) throws IOException {
        var password =
                store.directory().credential(account.address()).orElseThrow().password().encoded();
        lines.add("account " + account.id().value() + " " + account.address() + " " + password);
        store.mailboxes().subscriptions(account.id()).stream()
                .map(MailboxName::value)
                .sorted()
                .forEach(name -> lines.add("  subscribed " + name));
        for (var mailbox : store.mailboxes().list(account.id())) {
            mailbox(mailbox);
        }
    }

    private void mailbox(MailboxEntry mailbox) throws IOException {
        MailboxView view;
        try (var feed = StoreFixture.done(store.mailboxes().follow(mailbox.id(), () -> {}))) {
            view = feed.current();
        }
        var status = StoreFixture.done(store.mailboxes().status(mailbox.id()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  mailbox %d %s %s uidvalidity %d uidnext %d modseq %d keywords %s",
                        mailbox.id().number(),
                        mailbox.name().value(),
                        mailbox.specialUse(),
                        view.uidValidity().value(),
                        view.uidNext(),
                        view.highestModSeq().value(),
                        view.keywords()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "    status %d recent %d unseen %d deleted %d octets %d",
                        status.messages(),
                        status.recent(),
                        status.unseen(),
                        status.deleted(),
                        status.octets()));
        for (int i = 0; i < view.size(); i++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "    uid %d %s octets %d date %s modseq %d",
                            view.uid(i),
                            flags(view.flags(i)),
                            view.octets(i),
                            view.internalDate(i),
                            view.modSeq(i).value()));
        }
        // Expunged messages too, which sessions may still show.
        store.messages().read(mailbox.id(), UidSet.range(1, view.uidNext()), this::message);
    }

    private void message(StoredMessage message) throws IOException {
        byte[] octets;
        try (var stream = message.open()) {
            octets = stream.readAllBytes();
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "    octets of %d: %d, trace %d, structure %s, subject %s, sha-256 %s",
                        message.uid(),
                        octets.length,
                        message.traceOctets(),
                        message.meta().structure().place(),
                        Objects.toString(message.meta().envelope().subject()),
                        digest(octets)));
    }

    private static String flags(Flags flags) {
        return flags.system().stream().map(Object::toString).sorted().collect(Collectors.toList())
                + flags.keywords().toString();
    }

    private static String digest(byte[] octets) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(octets);
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
