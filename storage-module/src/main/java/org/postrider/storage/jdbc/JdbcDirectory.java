package org.postrider.storage.jdbc;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.administration.JdbcAdministration;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.directory.AccountStates;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.Expansion;
import org.postrider.storage.jdbc.directory.StoredDirectory;
import org.postrider.storage.jdbc.lane.Lanes;

/// The directory, read from its tables.
final class JdbcDirectory implements Directory {

    /// Addresses that are remembered.
    private static final int MOST_KNOWN = 10_000;

    private final Readers readers;
    private final Lanes lanes;

    /// Who gets mail for an address, by its key: each recipient of each message asks. What is
    /// nobody's is not remembered, so that nobody can fill it with names.
    private final ConcurrentHashMap<String, Resolution.Recipients> known =
            new ConcurrentHashMap<>();

    /// How often the directory was changed: what was read before a change is not remembered.
    private final AtomicLong changes = new AtomicLong();

    private final boolean remembers;

    /// @param remembers whether what readers see is there for ever; an account whose creation may
    ///   still be undone must not be remembered, for the next one gets its number
    JdbcDirectory(Readers readers, Lanes lanes, boolean remembers) {
        this.readers = readers;
        this.lanes = lanes;
        this.remembers = remembers;
    }

    /// Forgets what is remembered: it may have changed.
    void changed() {
        changes.incrementAndGet();
        known.clear();
    }

    @Override
    public boolean isLocal(DomainName domain) {
        return readers.ask(
                session -> new StoredDirectory(session).domain(domain.value()).isPresent());
    }

    @Override
    public Resolution resolve(MailAddress address) {
        var remembered = known.get(address.key());
        if (remembered != null) {
            return remembered;
        }
        long before = changes.get();
        var found = readers.ask(session -> Expansion.of(address, new StoredDirectory(session)));
        if (remembers && found instanceof Resolution.Recipients recipients) {
            remember(address, recipients, before);
        }
        return found;
    }

    private void remember(MailAddress address, Resolution.Recipients recipients, long before) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(address.key(), recipients);
        if (changes.get() != before) {
            known.remove(address.key());
        }
    }

    @Override
    public boolean maySendAs(AccountId account, MailAddress address) {
        boolean own =
                switch (resolve(address)) {
                    case Resolution.Recipients(var all) ->
                            all.size() == 1
                                    && all.getFirst() instanceof Destination.Here(var only, _)
                                    && only.id().equals(account);
                    case Resolution.NoSuchUser(), Resolution.NotLocal() -> false;
                };
        return own
                || readers.ask(session -> {
                    var home =
                            Expansion.home(address, new StoredDirectory(session)).orElse(address);
                    return session.queryOne(
                                    """
                                    select 1
                                    from send_as
                                    where account_id = ? and (address_key = ? or address_key = ?)
                                    limit 1
                                    """,
                                    row -> row.getInt(1),
                                    account.value(),
                                    address.key(),
                                    home.key())
                            .isPresent();
                });
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return account("account_id = ? and state <> 2", id.value());
    }

    @Override
    public Optional<Account> oldest() {
        return account("state = ? order by account_id limit 1", AccountStates.ACTIVE);
    }

    private Optional<Account> account(String condition, Object value) {
        return readers.ask(session ->
                        session.queryOne(
                                DirectoryTable.ACCOUNTS.select(condition),
                                DirectoryTable.ACCOUNTS::read,
                                value))
                .map(DirectoryRow.OfAccount::of)
                .map(Expansion::account);
    }

    @Override
    public Optional<Credential> credential(MailAddress address) {
        return readers.ask(
                        session -> {
                            var stored = new StoredDirectory(session);
                            var home = Expansion.home(address, stored);
                            return home.isEmpty()
                                    ? Optional.<DirectoryRow.OfAccount>empty()
                                    : stored.accountAt(home.get().key());
                        })
                .filter(row -> row.state() == AccountStates.ACTIVE)
                .map(row ->
                        new Credential(
                                Expansion.account(row), new PasswordHash(row.passwordHash())));
    }

    @Override
    public boolean renewPassword(AccountId account, PasswordHash known, PasswordHash better) {
        return lanes.call(JdbcAdministration.renewPassword(account, known, better));
    }

    @Override
    public Optional<Quota> quota(AccountId account) {
        return lanes.state(account.value()).map(AccountState::quota);
    }
}
