package org.postrider.storage.jdbc.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.jdbc.group.Threads;
import org.postrider.storage.mailbox.Appended;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// Puts messages into a mailbox, all or none (RFC 9051 §6.3.12).
public record AppendCommand(MailboxId mailbox, List<Item> items)
        implements LaneCommand<Outcome<Appended>> {

    public record Item(StagedMessage message, Flags flags, long date) {}

    public AppendCommand {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("nothing to append");
        }
    }

    @Override
    public Set<Integer> accounts() {
        return Set.of(mailbox.account().value());
    }

    @Override
    public List<StagedBody> bodies() {
        return items.stream().map(item -> item.message().body()).toList();
    }

    @Override
    public List<Threads.Newcomer> newcomers() {
        int account = mailbox.account().value();
        return items.stream()
                .map(item -> new Threads.Newcomer(account, item.message().threadRefs()))
                .toList();
    }

    @Override
    public Outcome<Appended> plan(GroupPlan plan) {
        var account = plan.account(mailbox.account().value());
        var box = account.flatMap(ledger -> ledger.mailbox(mailbox));
        if (account.isEmpty() || box.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        var words = new Keywords(box.get());
        long[] masks = items.stream().mapToLong(item -> words.mask(item.flags())).toArray();
        if (!ledger.hasUids(box.get(), items.size()) || !words.fit()) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        long octets = items.stream().mapToLong(item -> item.message().octets()).sum();
        if (!ledger.hasRoom(octets, items.size())) {
            return new Outcome.Refused<>(Refusal.OVER_QUOTA);
        }
        ledger.step();
        var knowing = words.meet(ledger, box.get());
        return new Outcome.Done<>(
                new Appended(
                        AccountLedger.uidValidity(knowing), append(plan, ledger, knowing, masks)));
    }

    private UidSet append(GroupPlan plan, AccountLedger ledger, MailboxState box, long[] masks) {
        var arrival = new Arrival(plan, ledger, box);
        var uids = new ArrayList<Long>();
        for (int i = 0; i < masks.length; i++) {
            var item = items.get(i);
            uids.add(arrival.add(item.message(), Arrival.noTrace(), masks[i], item.date()));
        }
        arrival.finish();
        return UidSet.range(uids.getFirst(), uids.getLast());
    }
}
