package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.Set;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory.Creation;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.SpecialUse;

/// Changes of the directory. They run on the first lane, so no two of them at a time.
public final class DirectoryCommands {

    private DirectoryCommands() {}

    public record CreateDomain(DomainName domain) implements LaneCommand<Creation<DomainName>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Creation<DomainName> plan(GroupPlan plan) throws SQLException {
            if (exists(plan, domain)) {
                return new Creation.Exists<>();
            }
            plan.rows().domains.add(domain.value());
            return new Creation.Created<>(domain);
        }
    }

    public record CreateAccount(MailAddress address, PasswordHash password)
            implements LaneCommand<Creation<Account>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Creation<Account> plan(GroupPlan plan) throws SQLException {
            if (!exists(plan, address.domain())) {
                return new Creation.NoSuchDomain<>();
            }
            if (taken(plan)) {
                return new Creation.Exists<>();
            }
            int number = nextNumber(plan);
            long uidValidity = plan.now() / 1000;
            plan.rows()
                    .accounts
                    .add(
                            new GroupRows.NewAccount(
                                    number,
                                    address.key(),
                                    address.toString(),
                                    password.encoded(),
                                    uidValidity));
            furnish(plan.addNew(number, uidValidity));
            return new Creation.Created<>(new Account(new AccountId(number), address));
        }

        private boolean taken(GroupPlan plan) throws SQLException {
            return plan.rows().accounts.stream().anyMatch(a -> a.key().equals(address.key()))
                    || plan.session()
                            .queryOne(
                                    "select 1 from account where address_key = ?",
                                    row -> row.getInt(1),
                                    address.key())
                            .isPresent();
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

        /// The mailboxes that people expect, subscribed.
        private static void furnish(AccountLedger ledger) {
            ledger.step();
            furnish(ledger, "INBOX", SpecialUse.NONE);
            furnish(ledger, "Drafts", SpecialUse.DRAFTS);
            furnish(ledger, "Sent", SpecialUse.SENT);
            furnish(ledger, "Junk", SpecialUse.JUNK);
            furnish(ledger, "Trash", SpecialUse.TRASH);
            furnish(ledger, "Archive", SpecialUse.ARCHIVE);
        }

        private static void furnish(AccountLedger ledger, String name, SpecialUse use) {
            ledger.create(name, use);
            ledger.subscribe(name, true);
        }
    }

    public record SetPassword(AccountId account, PasswordHash password)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(account.value());
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            if (plan.account(account.value()).isEmpty()) {
                return false;
            }
            plan.rows()
                    .passwords
                    .add(new GroupRows.NewPassword(account.value(), password.encoded()));
            return true;
        }
    }

    /// Does nothing when the password was changed since it was read.
    public record RenewPassword(AccountId account, PasswordHash known, PasswordHash better)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(account.value());
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            boolean same = isKnown(plan);
            if (same) {
                plan.rows()
                        .passwords
                        .add(new GroupRows.NewPassword(account.value(), better.encoded()));
            }
            return same;
        }

        private boolean isKnown(GroupPlan plan) throws SQLException {
            boolean changing =
                    plan.rows().passwords.stream()
                            .anyMatch(each -> each.account() == account.value());
            return !changing
                    && plan.session()
                            .queryOne(
                                    "select password_hash from account where account_id = ?",
                                    row -> row.getString(1),
                                    account.value())
                            .filter(known.encoded()::equals)
                            .isPresent();
        }
    }

    public record SetQuota(AccountId account, Quota.Limits limits) implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(account.value());
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            var ledger = plan.account(account.value());
            ledger.ifPresent(found -> {
                found.step();
                found.setQuota(limits);
            });
            return ledger.isPresent();
        }
    }

    private static boolean exists(GroupPlan plan, DomainName domain) throws SQLException {
        return plan.rows().domains.contains(domain.value())
                || plan.session()
                        .queryOne(
                                "select 1 from domain where name = ?",
                                row -> row.getInt(1),
                                domain.value())
                        .isPresent();
    }
}
