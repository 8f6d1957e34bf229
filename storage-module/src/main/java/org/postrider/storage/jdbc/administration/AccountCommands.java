package org.postrider.storage.jdbc.administration;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Change.Reason;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.directory.AccountStates;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.Expansion;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.SpecialUse;

/// Changes of accounts. A lane locks an account by its number before the command knows whether the
/// address is still that account's; when it is not, the answer is empty, and who asked looks again.
public final class AccountCommands {

    private AccountCommands() {}

    static AccountEntry entry(DirectoryRow.OfAccount row, List<MailAddress> sendAs, Quota quota) {
        return new AccountEntry(
                Expansion.account(row),
                AccountStates.standing(row.state()),
                row.tagFiles(),
                sendAs,
                quota,
                Instant.ofEpochMilli(row.createdAt()),
                row.version());
    }

    static List<MailAddress> addresses(List<DirectoryRow.OfSendAs> rows) {
        return rows.stream().map(row -> Expansion.address(row.address())).toList();
    }

    private static boolean isOther(
            Optional<DirectoryRow.OfAccount> row, Optional<AccountId> known) {
        return !row.map(DirectoryRow.OfAccount::id)
                .equals(known.map(account -> (long) account.value()));
    }

    private static Set<Integer> numbers(Optional<AccountId> known) {
        return known.map(account -> Set.of(account.value())).orElse(Set.of());
    }

    private static <T> Optional<Change<T>> refused(Reason why, String about) {
        return Optional.of(new Change.Refused<>(why, about));
    }

    /// @param known the account that had the address
    public record Put(AccountEntry.Settings settings, Precondition given, Optional<AccountId> known)
            implements LaneCommand<Optional<Change<AccountEntry>>> {

        @Override
        public Set<Integer> accounts() {
            return numbers(known);
        }

        @Override
        public Optional<Change<AccountEntry>> plan(GroupPlan plan) throws SQLException {
            var before = plan.directory().accountAt(settings.address().key());
            if (isOther(before, known)) {
                return Optional.empty();
            }
            var refusal = refusal(plan, before);
            return refusal.isPresent() ? refusal : Optional.of(put(plan, before));
        }

        private Change<AccountEntry> put(GroupPlan plan, Optional<DirectoryRow.OfAccount> before)
                throws SQLException {
            int number = before.isPresent() ? (int) before.get().id() : nextNumber(plan);
            var ledger =
                    before.isPresent() ? plan.account(number).orElseThrow() : created(plan, number);
            boolean limited = limit(ledger);
            boolean sending = sendAs(plan, number);
            var row = row(plan, number, before);
            var same = before.filter(is -> is.settings().equals(row.settings()));
            if (same.isEmpty() || limited || sending) {
                plan.directory().put(row);
            }
            var now = plan.directory().account(number).orElseThrow();
            return new Change.Made<>(
                    entry(now, settings.sendAs(), ledger.after().quota()), before.isEmpty());
        }

        private DirectoryRow.OfAccount row(
                GroupPlan plan, int number, Optional<DirectoryRow.OfAccount> before) {
            var address = settings.address();
            return new DirectoryRow.OfAccount(
                    number,
                    address.key(),
                    address.toString(),
                    settings.password()
                            .map(PasswordHash::encoded)
                            .or(() -> before.map(DirectoryRow.OfAccount::passwordHash))
                            .orElseThrow(),
                    AccountStates.number(settings.standing()),
                    before.map(DirectoryRow.OfAccount::createdAt).orElse(plan.now()),
                    address.domain().value(),
                    settings.tagFiles(),
                    0,
                    before.map(is -> is.version() + 1).orElse(1L));
        }

        private boolean limit(AccountLedger ledger) {
            boolean differs = !ledger.after().quota().limits().equals(settings.limits());
            if (differs) {
                ledger.step();
                ledger.setQuota(settings.limits());
            }
            return differs;
        }

        private boolean sendAs(GroupPlan plan, int number) throws SQLException {
            var rows =
                    settings.sendAs().stream()
                            .map(each ->
                                    new DirectoryRow.OfSendAs(number, each.key(), each.toString()))
                            .distinct()
                            .toList();
            boolean differs = !Set.copyOf(rows).equals(Set.copyOf(plan.directory().sendAs(number)));
            if (differs) {
                plan.directory().replace(DirectoryTable.SEND_AS, (long) number, rows);
            }
            return differs;
        }

        private Optional<Change<AccountEntry>> refusal(
                GroupPlan plan, Optional<DirectoryRow.OfAccount> before) throws SQLException {
            var directory = plan.directory();
            var address = settings.address();
            var domain = Names.refusal(directory, address);
            if (domain.isPresent()) {
                return refused(domain.get(), address.domain().value());
            }
            var stale = Names.refusal(given, before.map(DirectoryRow.OfAccount::version));
            if (stale.isPresent()) {
                return refused(stale.get(), address.toString());
            }
            if (directory.alias(address.key()).isPresent()) {
                return refused(Reason.TAKEN, address.toString());
            }
            if (before.isEmpty() && settings.password().isEmpty()) {
                return refused(Reason.NO_PASSWORD, address.toString());
            }
            for (var other : settings.sendAs()) {
                if (Expansion.home(other, directory).isEmpty()) {
                    return refused(Reason.NO_SUCH_DOMAIN, other.toString());
                }
            }
            long allotment = directory.domain(address.domain().value()).orElseThrow().allotment();
            return allotment < 0
                    ? Optional.empty()
                    : Allotments.of(plan, address.domain().value())
                            .with(
                                    before.map(DirectoryRow.OfAccount::id).orElse(0L),
                                    settings.limits().octets().orElse(-1))
                            .refusal(allotment);
        }
    }

    private static int nextNumber(GroupPlan plan) throws SQLException {
        if (!plan.rows().accounts.isEmpty()) {
            return plan.rows().accounts.getLast().id() + 1;
        }
        return plan.session()
                .queryOne(
                        "select v from store_info where k = 'next_account_id' for update",
                        row -> Integer.parseInt(row.getString(1)))
                .orElseThrow(() -> new IllegalStateException("store_info has no next account"));
    }

    private static AccountLedger created(GroupPlan plan, int number) {
        long uidValidity = plan.now() / 1000;
        plan.rows().accounts.add(new GroupRows.NewAccount(number, uidValidity));
        var ledger = plan.addNew(number, uidValidity);
        ledger.step();
        furnish(ledger, "INBOX", SpecialUse.NONE);
        furnish(ledger, "Drafts", SpecialUse.DRAFTS);
        furnish(ledger, "Sent", SpecialUse.SENT);
        furnish(ledger, "Junk", SpecialUse.JUNK);
        furnish(ledger, "Trash", SpecialUse.TRASH);
        furnish(ledger, "Archive", SpecialUse.ARCHIVE);
        return ledger;
    }

    private static void furnish(AccountLedger ledger, String name, SpecialUse use) {
        ledger.create(name, use);
        ledger.subscribe(name, true);
    }

    /// @param known the account that had the address
    record Delete(MailAddress address, Precondition given, Optional<AccountId> known)
            implements LaneCommand<Optional<Change<AccountEntry>>> {

        @Override
        public Set<Integer> accounts() {
            return numbers(known);
        }

        @Override
        public Optional<Change<AccountEntry>> plan(GroupPlan plan) throws SQLException {
            var directory = plan.directory();
            var before = directory.accountAt(address.key());
            if (isOther(before, known)) {
                return Optional.empty();
            }
            var stale = Names.refusal(given, before.map(DirectoryRow.OfAccount::version));
            if (stale.isPresent() || before.isEmpty()) {
                return refused(stale.orElse(Reason.NOT_THERE), address.toString());
            }
            var user = Names.userOf(directory, address.key());
            if (user.isPresent()) {
                return refused(Reason.IN_USE, user.get());
            }
            var row = before.get();
            var ledger = plan.account((int) row.id()).orElseThrow();
            var entry =
                    entry(row, addresses(directory.sendAs((int) row.id())), ledger.after().quota());
            ledger.step();
            for (int mailbox : List.copyOf(ledger.after().mailboxes().keySet())) {
                ledger.delete(mailbox);
            }
            directory.put(row.deleted(plan.now()));
            directory.replace(DirectoryTable.SEND_AS, row.id(), List.of());
            return Optional.of(new Change.Made<>(entry, false));
        }
    }

    /// Replaces what is kept of a password, unless it was changed since it was read. Nobody has to
    /// know, so the version stays.
    record RenewPassword(AccountId account, PasswordHash known, PasswordHash better)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            var row =
                    plan.directory()
                            .account(account.value())
                            .filter(is -> !is.isDeleted())
                            .filter(is -> is.passwordHash().equals(known.encoded()));
            if (row.isPresent()) {
                plan.directory().put(row.get().withPassword(better.encoded()));
            }
            return row.isPresent();
        }
    }
}
