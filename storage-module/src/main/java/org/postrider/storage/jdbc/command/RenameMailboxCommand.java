package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.Change.Origin;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;

/// Renames a mailbox and its inferiors, or moves what is in INBOX to a new mailbox (RFC 9051
/// §6.3.6).
public record RenameMailboxCommand(AccountId owner, MailboxName from, MailboxName to)
        implements LaneCommand<Outcome<MailboxEntry>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(owner.value());
    }

    @Override
    public Outcome<MailboxEntry> plan(GroupPlan plan) throws SQLException {
        var account = plan.account(owner.value());
        var found = account.flatMap(ledger -> ledger.mailbox(from.value()));
        if (account.isEmpty() || found.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        if (ledger.mailbox(to.value()).isPresent()) {
            return new Outcome.Refused<>(Refusal.ALREADY_EXISTS);
        }
        if (!ledger.hasMailboxNumbers(to.superiors().size() + 1)) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        return from.isInbox() ? moveInbox(plan, ledger, found.get()) : rename(ledger, found.get());
    }

    private Outcome<MailboxEntry> moveInbox(
            GroupPlan plan, AccountLedger ledger, MailboxState inbox) throws SQLException {
        var copy = new MessageCopy(plan, ledger, inbox, UidSet.range(1, Uid.MAX));
        ledger.step();
        CreateMailboxCommand.superiors(ledger, to);
        var target = ledger.create(to.value(), SpecialUse.NONE);
        if (copy.count() > 0) {
            copy.into(target);
            ledger.expunge(inbox.number(), Origin.MOVE, copy.sources());
        }
        return new Outcome.Done<>(target.entry());
    }

    private Outcome<MailboxEntry> rename(AccountLedger ledger, MailboxState mailbox) {
        if (to.isInferiorOf(from)) {
            return new Outcome.Refused<>(Refusal.BAD_NAME);
        }
        var below = new ArrayList<Renamed>();
        for (var inferior : ledger.mailboxesBelow(from.value())) {
            var name =
                    MailboxName.parse(
                            to.value() + inferior.name().substring(from.value().length()));
            var why = whyNot(ledger, name);
            if (why != null) {
                return new Outcome.Refused<>(why);
            }
            name.ifPresent(renamed -> below.add(new Renamed(inferior.number(), renamed)));
        }
        ledger.step();
        CreateMailboxCommand.superiors(ledger, to);
        var renamed = ledger.rename(mailbox.number(), to.value());
        renameAll(ledger, below);
        return new Outcome.Done<>(renamed.entry());
    }

    private record Renamed(int mailbox, MailboxName name) {}

    private static @Nullable Refusal whyNot(AccountLedger ledger, Optional<MailboxName> name) {
        if (name.isEmpty()) {
            return Refusal.BAD_NAME;
        }
        return ledger.mailbox(name.get().value()).isPresent() ? Refusal.ALREADY_EXISTS : null;
    }

    private static void renameAll(AccountLedger ledger, List<Renamed> mailboxes) {
        mailboxes.forEach(each -> ledger.rename(each.mailbox(), each.name().value()));
    }
}
