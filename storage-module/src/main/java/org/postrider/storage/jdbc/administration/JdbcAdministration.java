package org.postrider.storage.jdbc.administration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Alias;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Domain;
import org.postrider.storage.directory.Page;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.Expansion;
import org.postrider.storage.jdbc.directory.StoredDirectory;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.retention.Retention;

/// The administration: changes are commands of a lane, and what is shown is read beside it.
public final class JdbcAdministration implements Administration {

    private final Lanes lanes;
    private final Readers readers;
    private final Retention retention;
    private final Runnable changed;

    /// @param changed is run after each change, before anybody is told of it
    public JdbcAdministration(Lanes lanes, Readers readers, Retention retention, Runnable changed) {
        this.lanes = lanes;
        this.readers = readers;
        this.retention = retention;
        this.changed = changed;
    }

    private <T> T call(LaneCommand<T> command) {
        var result = lanes.call(command);
        changed.run();
        return result;
    }

    /// Replaces what is kept of a password by something better of the same password.
    public static LaneCommand<Boolean> renewPassword(
            AccountId account, PasswordHash known, PasswordHash better) {
        return new AccountCommands.RenewPassword(account, known, better);
    }

    // ---- domains

    @Override
    public Optional<Domain> domain(DomainName name) {
        return readers.ask(session -> new StoredDirectory(session).domain(name.value()))
                .map(DomainCommands::domain);
    }

    @Override
    public Page<Domain> domains(String after, int most) {
        var rows =
                readers.ask(session ->
                        session.query(
                                DirectoryTable.DOMAINS.select("name > ? order by name limit ?"),
                                DirectoryTable.DOMAINS::read,
                                after,
                                most + 1));
        return page(
                rows.stream().map(DirectoryRow.OfDomain::of).toList(),
                most,
                DirectoryRow.OfDomain::name,
                DomainCommands::domain);
    }

    @Override
    public Change<Domain> putDomain(Domain.Settings settings, Precondition given) {
        return call(new DomainCommands.Put(settings, given));
    }

    @Override
    public Change<Domain> deleteDomain(DomainName name, Precondition given) {
        return call(new DomainCommands.Delete(name, given));
    }

    // ---- accounts

    @Override
    public Optional<AccountEntry> account(MailAddress address) {
        return readers.ask(session -> {
            var row = new StoredDirectory(session).accountAt(address.key());
            return entries(session, row.stream().toList()).stream().findFirst();
        });
    }

    @Override
    public Page<AccountEntry> accounts(Optional<DomainName> domain, String after, int most) {
        return readers.ask(session -> {
            var rows =
                    listed(session, DirectoryTable.ACCOUNTS, domain, after, most).stream()
                            .map(DirectoryRow.OfAccount::of)
                            .toList();
            var some = rows.subList(0, Math.min(most, rows.size()));
            var next =
                    rows.size() > most
                            ? Optional.of(some.getLast().key())
                            : Optional.<String>empty();
            return new Page<>(entries(session, some), next);
        });
    }

    private static List<List<Object>> listed(
            Session session,
            DirectoryTable table,
            Optional<DomainName> domain,
            String after,
            int most)
            throws SQLException {
        // The key of an account that was deleted is #, and sorts before all addresses or among
        // them.
        var order = "address_key > ? and address_key like '%@%' order by address_key limit ?";
        return domain.isEmpty()
                ? session.query(table.select(order), table::read, after, most + 1)
                : session.query(
                        table.select("domain = ? and " + order),
                        table::read,
                        domain.get().value(),
                        after,
                        most + 1);
    }

    private static List<AccountEntry> entries(Session session, List<DirectoryRow.OfAccount> rows)
            throws SQLException {
        var numbers = session.array("int", rows.stream().map(row -> (int) row.id()).toArray());
        Map<Long, Quota> quotas = new HashMap<>();
        session.forEach(
                """
                select s.account_id, s.used_bytes, s.used_msgs, s.quota_bytes, s.quota_msgs
                from unnest(?) as k(account_id)
                join account_state s on s.account_id = k.account_id
                """,
                row ->
                        quotas.put(
                                row.getLong(1),
                                new Quota(
                                        row.getLong(2),
                                        row.getLong(3),
                                        Quota.Limits.of(row.getLong(4), row.getLong(5)))),
                numbers);
        Map<Long, List<DirectoryRow.OfSendAs>> sendAs = new HashMap<>();
        session.forEach(
                """
                select s.account_id, s.address_key, s.address
                from unnest(?) as k(account_id)
                join send_as s on s.account_id = k.account_id
                order by s.account_id, s.address_key
                """,
                row ->
                        sendAs.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                                .add(
                                        new DirectoryRow.OfSendAs(
                                                row.getLong(1),
                                                row.getString(2),
                                                row.getString(3))),
                numbers);
        var entries = new ArrayList<AccountEntry>();
        for (var row : rows) {
            var addresses = AccountCommands.addresses(sendAs.getOrDefault(row.id(), List.of()));
            var quota = quotas.get(row.id());
            if (quota == null) {
                throw new IllegalStateException("account %d has no state".formatted(row.id()));
            }
            entries.add(AccountCommands.entry(row, addresses, quota));
        }
        return entries;
    }

    @Override
    public Change<AccountEntry> putAccount(AccountEntry.Settings settings, Precondition given) {
        return retried(
                settings.address(), known -> new AccountCommands.Put(settings, given, known));
    }

    @Override
    public Change<AccountEntry> deleteAccount(MailAddress address, Precondition given) {
        var change = retried(address, known -> new AccountCommands.Delete(address, given, known));
        if (change instanceof Change.Made<AccountEntry>(var entry, _)) {
            retention.deleted(entry.account().id().value());
        }
        return change;
    }

    /// Until the account is the one that has the address.
    private Change<AccountEntry> retried(
            MailAddress address,
            Function<Optional<AccountId>, LaneCommand<Optional<Change<AccountEntry>>>> command) {
        while (true) {
            var known =
                    readers.ask(session -> new StoredDirectory(session).accountAt(address.key()))
                            .map(row -> Expansion.account(row).id());
            var change = call(command.apply(known));
            if (change.isPresent()) {
                return change.get();
            }
        }
    }

    // ---- aliases

    @Override
    public Optional<Alias> alias(MailAddress address) {
        return readers.ask(session -> {
            var stored = new StoredDirectory(session);
            var row = stored.alias(address.key());
            return row.isEmpty() ? Optional.<Alias>empty() : Optional.of(alias(session, row.get()));
        });
    }

    @Override
    public Page<Alias> aliases(Optional<DomainName> domain, String after, int most) {
        return readers.ask(session -> {
            var rows =
                    listed(session, DirectoryTable.ALIASES, domain, after, most).stream()
                            .map(DirectoryRow.OfAlias::of)
                            .toList();
            var items = new ArrayList<Alias>();
            for (var row : rows.subList(0, Math.min(most, rows.size()))) {
                items.add(alias(session, row));
            }
            return new Page<>(
                    items,
                    rows.size() > most
                            ? Optional.of(rows.get(most - 1).key())
                            : Optional.<String>empty());
        });
    }

    private static Alias alias(Session session, DirectoryRow.OfAlias row) throws SQLException {
        return AliasCommands.alias(row, new StoredDirectory(session).targets(row.key()));
    }

    @Override
    public Change<Alias> putAlias(Alias.Settings settings, Precondition given) {
        return call(new AliasCommands.Put(settings, given));
    }

    @Override
    public Change<Alias> deleteAlias(MailAddress address, Precondition given) {
        return call(new AliasCommands.Delete(address, given));
    }

    private static <R, T> Page<T> page(
            List<R> rows, int most, Function<R, String> key, Function<R, T> item) {
        var some = rows.subList(0, Math.min(most, rows.size()));
        return new Page<>(
                some.stream().map(item).toList(),
                rows.size() > most ? Optional.of(key.apply(some.getLast())) : Optional.empty());
    }
}
