package org.postrider.storage.jdbc.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.jdbc.group.Threads;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Uid;

/// Puts one message into a mailbox of each recipient. A recipient that cannot take it is refused
/// alone.
public record DeliverCommand(Delivery delivery, StagedMessage message)
        implements LaneCommand<List<Outcome<Delivered>>> {

    @Override
    public Set<Integer> accounts() {
        return delivery.recipients().stream()
                .map(recipient -> recipient.account().value())
                .collect(Collectors.toSet());
    }

    @Override
    public List<StagedBody> bodies() {
        return List.of(message.body());
    }

    @Override
    public List<Threads.Newcomer> newcomers() {
        return delivery.recipients().stream()
                .map(each -> new Threads.Newcomer(each.account().value(), message.threadRefs()))
                .toList();
    }

    @Override
    public List<Outcome<Delivered>> plan(GroupPlan plan) {
        var outcomes = new ArrayList<Outcome<Delivered>>();
        for (var recipient : delivery.recipients()) {
            outcomes.add(deliver(plan, recipient));
        }
        return outcomes;
    }

    /// Where somebody who only knows an address may put mail: not among what was sent or thrown
    /// away.
    private static Optional<MailboxState> mailbox(
            AccountLedger ledger, Delivery.Recipient recipient) {
        return recipient
                .mailbox()
                .flatMap(name -> ledger.mailboxIgnoringCase(name.value()))
                .filter(box -> box.specialUse() == SpecialUse.NONE)
                .or(() -> ledger.mailbox("INBOX"));
    }

    private Outcome<Delivered> deliver(GroupPlan plan, Delivery.Recipient recipient) {
        var account = plan.account(recipient.account().value());
        var mailbox = account.flatMap(ledger -> mailbox(ledger, recipient));
        if (account.isEmpty() || mailbox.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        if (!ledger.hasUids(mailbox.get(), 1)) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        var trace = recipient.traceFields();
        boolean room = ledger.hasRoom(trace.length + message.octets(), 1);
        if (!room && delivery.admission() == Delivery.Admission.CHECKED) {
            return new Outcome.Refused<>(Refusal.OVER_QUOTA);
        }
        ledger.step();
        var arrival = new Arrival(plan, ledger, mailbox.get());
        long uid = arrival.add(message, trace, 0, delivery.received().toEpochMilli());
        arrival.finish();
        return new Outcome.Done<>(new Delivered(mailbox.get().id(), new Uid(uid)));
    }
}
