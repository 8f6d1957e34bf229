package org.postrider.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.command.DirectoryCommands;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.lane.Lanes;

/// The directory in the tables `domain` and `account`.
final class JdbcDirectory implements Directory {

    /// Accounts whose address is remembered.
    private static final int MOST_KNOWN = 10_000;

    private final Readers readers;
    private final Lanes lanes;

    /// Accounts by the keys of their addresses: each recipient of each message asks. An address is
    /// an account's for ever, and whoever makes an account's state 2 has to forget it here. What is
    /// not there is not remembered.
    private final ConcurrentHashMap<String, Account> known = new ConcurrentHashMap<>();

    private final boolean remembers;

    /// @param remembers whether what readers see is there for ever; an account whose creation may
    ///   still be undone must not be remembered, for the next one gets its number
    JdbcDirectory(Readers readers, Lanes lanes, boolean remembers) {
        this.readers = readers;
        this.lanes = lanes;
        this.remembers = remembers;
    }

    @Override
    public boolean isLocal(DomainName domain) {
        return readers.ask(session ->
                session.queryOne(
                                "select 1 from domain where name = ?",
                                row -> row.getInt(1),
                                domain.value())
                        .isPresent());
    }

    @Override
    public Resolution resolve(MailAddress address) {
        var remembered = known.get(address.key());
        if (remembered != null) {
            return new Resolution.Local(remembered);
        }
        var account =
                readers.ask(session ->
                        session.queryOne(
                                """
                                select account_id, address
                                from account
                                where address_key = ? and state <> 2
                                """,
                                JdbcDirectory::account,
                                address.key()));
        if (account.isPresent()) {
            remember(address, account.get());
            return new Resolution.Local(account.get());
        }
        return isLocal(address.domain()) ? new Resolution.NoSuchUser() : new Resolution.NotLocal();
    }

    private void remember(MailAddress address, Account account) {
        if (remembers) {
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(address.key(), account);
        }
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return readers.ask(session ->
                session.queryOne(
                        """
                        select account_id, address
                        from account
                        where account_id = ? and state <> 2
                        """,
                        JdbcDirectory::account,
                        id.value()));
    }

    @Override
    public Optional<Credential> credential(MailAddress address) {
        return readers.ask(session ->
                session.queryOne(
                        """
                        select account_id, address, password_hash
                        from account
                        where address_key = ? and state = 0
                        """,
                        row -> new Credential(account(row), new PasswordHash(row.getString(3))),
                        address.key()));
    }

    @Override
    public Creation<DomainName> createDomain(DomainName domain) {
        return lanes.call(new DirectoryCommands.CreateDomain(domain));
    }

    @Override
    public Creation<Account> createAccount(MailAddress address, PasswordHash password) {
        return lanes.call(new DirectoryCommands.CreateAccount(address, password));
    }

    @Override
    public boolean setPassword(AccountId account, PasswordHash password) {
        return lanes.call(new DirectoryCommands.SetPassword(account, password));
    }

    @Override
    public boolean renewPassword(AccountId account, PasswordHash known, PasswordHash better) {
        return lanes.call(new DirectoryCommands.RenewPassword(account, known, better));
    }

    @Override
    public Optional<Quota> quota(AccountId account) {
        return lanes.state(account.value()).map(AccountState::quota);
    }

    @Override
    public boolean setQuota(AccountId account, Quota.Limits limits) {
        return lanes.call(new DirectoryCommands.SetQuota(account, limits));
    }

    private static Account account(ResultSet row) throws SQLException {
        var address = row.getString(2);
        return new Account(
                new AccountId(row.getInt(1)),
                MailAddress.parse(address)
                        .orElseThrow(
                                () -> new IllegalStateException("stored address: " + address)));
    }
}
