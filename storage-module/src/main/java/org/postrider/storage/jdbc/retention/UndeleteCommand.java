package org.postrider.storage.jdbc.retention;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.jdbc.command.CreateMailboxCommand;
import org.postrider.storage.jdbc.command.Keywords;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.view.AccountLoader;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.BroughtBack;
import org.postrider.storage.mailbox.Undelete.Destination;

/// Brings messages back, all that are still there or none: an arrival like any other, so that
/// everybody learns of it.
public record UndeleteCommand(MailboxId from, List<Long> uids, Destination to)
        implements LaneCommand<Outcome<BroughtBack>> {

    /// A tombstone with what it takes to make a message of it.
    private record Tombstone(MessageRow row, long body) {}

    private record Origin(String name, int specialUse) {
        int levels() {
            return new MailboxName(name).superiors().size() + 1;
        }
    }

    public UndeleteCommand {
        uids = List.copyOf(uids);
    }

    @Override
    public Set<Integer> accounts() {
        return Set.of(from.account().value());
    }

    @Override
    public Outcome<BroughtBack> plan(GroupPlan plan) throws SQLException {
        var account = plan.account(from.account().value());
        var origin = origin(plan);
        if (account.isEmpty() || origin.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        var target = target(ledger, origin.get());
        if (target.isEmpty() && to instanceof Destination.Into) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var keywords = keywords(plan, ledger);
        var tombstones = tombstones(plan);
        var why = whyNot(ledger, target, origin.get(), keywords, tombstones);
        if (why.isPresent()) {
            return new Outcome.Refused<>(why.get());
        }
        if (tombstones.isEmpty() && target.isPresent()) {
            return new Outcome.Done<>(bringBack(plan, ledger, target.get(), keywords, tombstones));
        }
        ledger.step();
        var box = target.orElseGet(() -> create(ledger, origin.get()));
        return new Outcome.Done<>(bringBack(plan, ledger, box, keywords, tombstones));
    }

    /// What the mailbox is or was called.
    private Optional<Origin> origin(GroupPlan plan) throws SQLException {
        return plan.session()
                .queryOne(
                        """
                        select name, special_use
                        from mailbox
                        where account_id = ? and mailbox_id = ?
                        """,
                        row -> new Origin(row.getString(1), row.getInt(2)),
                        from.account().value(),
                        from.number());
    }

    private Optional<MailboxState> target(AccountLedger ledger, Origin origin) {
        return switch (to) {
            case Destination.Into(var mailbox) -> ledger.mailbox(mailbox);
            case Destination.Original() ->
                    ledger.mailbox(from).or(() -> ledger.mailbox(origin.name()));
        };
    }

    private static MailboxState create(AccountLedger ledger, Origin origin) {
        CreateMailboxCommand.superiors(ledger, new MailboxName(origin.name()));
        return ledger.create(origin.name(), ColumnCodes.specialUse(origin.specialUse()));
    }

    private KeywordBits keywords(GroupPlan plan, AccountLedger ledger) throws SQLException {
        var live = ledger.mailbox(from);
        return live.isPresent()
                ? live.get().keywords()
                : new AccountLoader(plan.session()).keywords(from.account().value(), from.number());
    }

    /// The messages without \\Deleted.
    private List<Tombstone> tombstones(GroupPlan plan) throws SQLException {
        var found = new ArrayList<Tombstone>();
        plan.session()
                .forEach(
                        """
                        select e.uid, e.flags, e.size, e.idate, m.body_id
                        from unnest(?) as k(uid)
                        join expunged e
                            on e.account_id = ? and e.mailbox_id = ? and e.uid = k.uid
                        join message_meta m on m.account_id = e.account_id
                            and m.mailbox_id = e.mailbox_id and m.uid = e.uid
                        where e.origin <> 3
                        order by e.uid
                        """,
                        row -> {
                            var message =
                                    new MessageRow(
                                            row.getLong(1),
                                            row.getLong(2) & ~KeywordBits.DELETED,
                                            row.getInt(3),
                                            row.getLong(4));
                            if (!plan.rows().retention.has(key(message.uid()))) {
                                found.add(new Tombstone(message, row.getLong(5)));
                            }
                        },
                        plan.session().array("bigint", uids.toArray()),
                        from.account().value(),
                        from.number());
        return found;
    }

    private Optional<Refusal> whyNot(
            AccountLedger ledger,
            Optional<MailboxState> target,
            Origin origin,
            KeywordBits keywords,
            List<Tombstone> tombstones) {
        long octets = tombstones.stream().mapToLong(each -> each.row().size()).sum();
        if (!tombstones.isEmpty() && !ledger.hasRoom(octets, tombstones.size())) {
            return Optional.of(Refusal.OVER_QUOTA);
        }
        boolean fits =
                target.map(box ->
                                ledger.hasUids(box, tombstones.size())
                                        && fit(box, keywords, tombstones))
                        .orElseGet(() -> ledger.hasMailboxNumbers(origin.levels()));
        return fits ? Optional.empty() : Optional.of(Refusal.LIMIT);
    }

    private static boolean fit(
            MailboxState target, KeywordBits keywords, List<Tombstone> tombstones) {
        var words = new Keywords(target);
        masks(words, keywords, tombstones);
        return words.fit();
    }

    private static long[] masks(Keywords words, KeywordBits keywords, List<Tombstone> tombstones) {
        return tombstones.stream()
                .mapToLong(each -> each.row().flags())
                .map(words.translating(keywords))
                .toArray();
    }

    private BroughtBack bringBack(
            GroupPlan plan,
            AccountLedger ledger,
            MailboxState box,
            KeywordBits keywords,
            List<Tombstone> tombstones) {
        var words = new Keywords(box);
        var masks = masks(words, keywords, tombstones);
        var target = words.meet(ledger, box);
        var sources = new UidRanges();
        var messages = new ArrayList<MessageRow>();
        long uid = target.uidNext();
        for (var each : tombstones) {
            var row = each.row();
            messages.add(new MessageRow(uid, masks[messages.size()], row.size(), row.date()));
            plan.rows().copyMeta(key(row.uid()), ledger.key(target.number(), uid), each.body());
            plan.rows().retention.broughtBack.add(key(row.uid()));
            sources.add(row.uid());
            uid++;
        }
        if (!messages.isEmpty()) {
            ledger.add(target.number(), messages);
        }
        var targets = messages.isEmpty() ? UidSet.EMPTY : UidSet.range(target.uidNext(), uid - 1);
        return new BroughtBack(
                target.id(), AccountLedger.uidValidity(target), sources.toSet(), targets);
    }

    private MessageKey key(long uid) {
        return new MessageKey(from.account().value(), from.number(), uid);
    }
}
