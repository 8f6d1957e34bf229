package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.SystemFlag;

/// Messages that come, change and go, as SMTP and IMAP clients have it.
final class HistoryMessages {

    private final HistoryChoices choices;
    private final JdbcStore store;
    private final History history;

    HistoryMessages(HistoryChoices choices) {
        this.choices = choices;
        this.store = choices.store;
        this.history = choices.history;
    }

    void deliver() throws IOException {
        switch (choices.random.nextInt(3)) {
            case 0 -> deliver(recipients(), Delivery.Admission.ACCEPTED);
            case 1 -> deliver(recipients(), Delivery.Admission.CHECKED);
            default -> transfer();
        }
    }

    /// As SMTP does it: whether there is room is asked when a recipient is named, and who was
    /// accepted gets the message, whatever happened meanwhile.
    private void transfer() throws IOException {
        var accepted = recipients();
        accepted.removeIf(each -> !accepts(each));
        if (!accepted.isEmpty()) {
            assertThat(deliver(accepted, Delivery.Admission.ACCEPTED))
                    .as("nobody who was accepted is refused")
                    .allMatch(Outcome.Done.class::isInstance);
        }
    }

    private boolean accepts(Account recipient) {
        return QuestionMark.ask(store, recipient.id(), new QuotaQuestion(recipient.id()))
                .hasRoom(1, 1);
    }

    private List<Account> recipients() {
        var recipients = new ArrayList<>(history.accounts());
        recipients.removeIf(each -> !each.equals(choices.account) && !choices.oneIn(3));
        return recipients;
    }

    private List<Outcome<Delivered>> deliver(List<Account> to, Delivery.Admission admission)
            throws IOException {
        var recipients = to.stream().map(HistoryMessages::recipient).toList();
        try (var staged = history.mail().stage(store)) {
            var received = history.clock().instant();
            return store.messages().deliver(new Delivery(staged, received, recipients, admission));
        }
    }

    private static Delivery.Recipient recipient(Account account) {
        var trace = "Delivered-To: " + account.address() + "\r\n";
        return new Delivery.Recipient(account.id(), trace.getBytes(StandardCharsets.US_ASCII));
    }

    void append() throws IOException {
        var messages = new ArrayList<NewMessage>();
        var all = new ArrayList<Staged>();
        for (int i = choices.random.nextInt(3); i >= 0; i--) {
            all.add(history.mail().stage(store));
            var date =
                    history.clock().instant().minus(Duration.ofDays(choices.random.nextInt(1_000)));
            messages.add(new NewMessage(all.getLast(), choices.flags(), date));
        }
        store.messages().append(choices.anyMailbox(), messages);
        all.forEach(Staged::close);
    }

    void storeFlags() {
        var mailbox = choices.anyMailbox();
        var change =
                switch (choices.random.nextInt(5)) {
                    case 0 -> new FlagChange.Remove(choices.flags());
                    case 1 -> new FlagChange.Replace(choices.flags());
                    default -> new FlagChange.Add(choices.flags());
                };
        var since =
                choices.oneIn(4)
                        ? OptionalLong.of(Math.max(1, modSeq(mailbox) - choices.random.nextInt(6)))
                        : OptionalLong.empty();
        store.messages().storeFlags(mailbox, choices.some(mailbox), change, since);
    }

    private long modSeq(MailboxId mailbox) {
        return store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)
                ? status.highestModSeq().value()
                : 1;
    }

    void expunge() {
        var mailbox = choices.anyMailbox();
        var uids = choices.some(mailbox);
        if (choices.random.nextBoolean()) {
            var deleted = new FlagChange.Add(Flags.of(SystemFlag.DELETED));
            store.messages().storeFlags(mailbox, uids, deleted, OptionalLong.empty());
        }
        store.messages().expunge(mailbox, uids);
    }

    void copyOrMove() {
        var from = choices.anyMailbox();
        var to = choices.anyMailbox();
        if (choices.random.nextBoolean()) {
            store.messages().copy(from, choices.some(from), to);
        } else {
            store.messages().move(from, choices.some(from), to);
        }
    }
}
