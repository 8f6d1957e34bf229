package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.DirectoryView;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.jdbc.directory.OwnedRows.Owner;

/// The directory while a group works on it: each command finds what the ones before it have made of
/// it. One group at a time changes it, whichever lane that is of.
public final class DirectoryLedger implements DirectoryView {

    private final Session session;
    private final Map<Owner, List<List<Object>>> before = new HashMap<>();
    private final Map<Owner, List<List<Object>>> after = new LinkedHashMap<>();
    private boolean locked;

    DirectoryLedger(Session session) {
        this.session = session;
    }

    // ---- reading

    @Override
    public Optional<DirectoryRow.OfDomain> domain(String name) throws SQLException {
        return rows(DirectoryTable.DOMAINS, name).map(DirectoryRow.OfDomain::of).findFirst();
    }

    /// The account of a number, also one that was deleted.
    public Optional<DirectoryRow.OfAccount> account(int number) throws SQLException {
        return rows(DirectoryTable.ACCOUNTS, (long) number)
                .map(DirectoryRow.OfAccount::of)
                .findFirst();
    }

    @Override
    public Optional<DirectoryRow.OfAccount> accountAt(String key) throws SQLException {
        return find(
                        DirectoryTable.ACCOUNTS,
                        "address_key = ?",
                        key,
                        row -> DirectoryRow.OfAccount.of(row).key().equals(key))
                .stream()
                .map(DirectoryRow.OfAccount::of)
                .findFirst();
    }

    /// The accounts of a domain.
    public List<DirectoryRow.OfAccount> accountsOf(String domain) throws SQLException {
        return find(
                        DirectoryTable.ACCOUNTS,
                        "domain = ? and state <> 2",
                        domain,
                        row -> isOf(domain, DirectoryRow.OfAccount.of(row)))
                .stream()
                .map(DirectoryRow.OfAccount::of)
                .toList();
    }

    public Optional<DirectoryRow.OfAlias> alias(String key) throws SQLException {
        return rows(DirectoryTable.ALIASES, key).map(DirectoryRow.OfAlias::of).findFirst();
    }

    @Override
    public List<DirectoryRow.OfTarget> targets(String alias) throws SQLException {
        return rows(DirectoryTable.ALIAS_TARGETS, alias).map(DirectoryRow.OfTarget::of).toList();
    }

    /// As what an account may send beside what is its own.
    public List<DirectoryRow.OfSendAs> sendAs(int account) throws SQLException {
        return rows(DirectoryTable.SEND_AS, (long) account).map(DirectoryRow.OfSendAs::of).toList();
    }

    public List<DirectoryRow.OfDomain> domainsWithCatchAll() throws SQLException {
        return find(
                        DirectoryTable.DOMAINS,
                        "catch_all <> ?",
                        "",
                        row -> !DirectoryRow.OfDomain.of(row).catchAll().isEmpty())
                .stream()
                .map(DirectoryRow.OfDomain::of)
                .toList();
    }

    /// The aliases that go to an address.
    public List<DirectoryRow.OfTarget> aliasesTo(String targetKey) throws SQLException {
        return find(
                        DirectoryTable.ALIAS_TARGETS,
                        "target_key = ?",
                        targetKey,
                        row -> DirectoryRow.OfTarget.of(row).targetKey().equals(targetKey))
                .stream()
                .map(DirectoryRow.OfTarget::of)
                .toList();
    }

    /// Whether a domain has accounts, aliases or other names.
    public boolean isInUse(String domain) throws SQLException {
        // Each row of these tables has an owner of its own, so as many as were changed do not
        // count.
        var limit = " limit " + (after.size() + 1);
        return !find(
                                DirectoryTable.ACCOUNTS,
                                "domain = ? and state <> 2" + limit,
                                domain,
                                row -> isOf(domain, DirectoryRow.OfAccount.of(row)))
                        .isEmpty()
                || !find(
                                DirectoryTable.ALIASES,
                                "domain = ?" + limit,
                                domain,
                                row -> DirectoryRow.OfAlias.of(row).domain().equals(domain))
                        .isEmpty()
                || !find(
                                DirectoryTable.DOMAINS,
                                "alias_of = ?" + limit,
                                domain,
                                row -> DirectoryRow.OfDomain.of(row).aliasOf().equals(domain))
                        .isEmpty();
    }

    private static boolean isOf(String domain, DirectoryRow.OfAccount account) {
        return account.domain().equals(domain) && !account.isDeleted();
    }

    private List<List<Object>> find(
            DirectoryTable table, String condition, Object value, Predicate<List<Object>> same)
            throws SQLException {
        lock();
        var found = new ArrayList<List<Object>>();
        for (var row : session.query(table.select(condition), table::read, value)) {
            if (!after.containsKey(new Owner(table, row.getFirst()))) {
                found.add(row);
            }
        }
        after.forEach((owner, rows) -> {
            if (owner.table() == table) {
                rows.stream().filter(same).forEach(found::add);
            }
        });
        return found;
    }

    /// All that an owner has.
    public OwnedRows all(Owner owner) throws SQLException {
        return new OwnedRows(owner, rows(owner.table(), owner.key()).toList());
    }

    private Stream<List<Object>> rows(DirectoryTable table, Object key) throws SQLException {
        var owner = new Owner(table, key);
        var made = after.get(owner);
        return made == null ? stored(owner).stream() : made.stream();
    }

    private List<List<Object>> stored(Owner owner) throws SQLException {
        var known = before.get(owner);
        if (known == null) {
            lock();
            known = OwnedRows.read(session, owner).rows();
            before.put(owner, known);
        }
        return known;
    }

    private void lock() throws SQLException {
        if (locked) {
            return;
        }
        locked =
                session.queryOne(
                                "select v from store_info where k = 'directory' for update",
                                row -> row.getString(1))
                        .isPresent();
        if (!locked) {
            throw new IllegalStateException("the directory has no row");
        }
    }

    // ---- changing

    /// Has an owner these rows of a table and no others.
    public void replace(DirectoryTable table, Object key, List<? extends DirectoryRow> rows)
            throws SQLException {
        put(new OwnedRows(new Owner(table, key), rows.stream().map(DirectoryRow::values).toList()));
    }

    public void put(DirectoryRow.OfAccount account) throws SQLException {
        replace(DirectoryTable.ACCOUNTS, account.id(), List.of(account));
    }

    /// The same, of rows whose meaning does not matter.
    public void put(OwnedRows rows) throws SQLException {
        var _ = stored(rows.owner());
        after.put(rows.owner(), rows.rows());
    }

    // ---- the result

    boolean changed() {
        return !after.isEmpty();
    }

    /// What the group has changed.
    List<OwnedRows> changes() {
        return after.entrySet().stream()
                .map(each -> new OwnedRows(each.getKey(), each.getValue()))
                .toList();
    }

    /// What was goes before what is comes: an address may have gone from one row to another.
    void write(Batch batch) throws SQLException {
        for (var each : after.entrySet()) {
            var table = each.getKey().table();
            var was = new ArrayList<>(before.get(each.getKey()));
            was.removeAll(each.getValue());
            batch.runOnOne(
                    table.delete(), was, (s, row) -> Session.bind(s, table.key(row).toArray()));
        }
        for (var each : after.entrySet()) {
            var is = new ArrayList<>(each.getValue());
            is.removeAll(before.get(each.getKey()));
            batch.run(
                    each.getKey().table().insert(), is, (s, row) -> Session.bind(s, row.toArray()));
        }
    }
}
