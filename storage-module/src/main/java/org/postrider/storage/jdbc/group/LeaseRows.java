package org.postrider.storage.jdbc.group;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.Session;

/// The rows of `maildrop_lease` that a group changes. They are written in the order of their keys,
/// so that two lanes never wait for each other: the heartbeat holds no account.
public final class LeaseRows {

    /// Who has a maildrop.
    ///
    /// @param epoch grows with each lease of the maildrop
    /// @param holder null: nobody
    public record Lease(
            GroupRows.BoxKey maildrop, long epoch, @Nullable String holder, long expiresAt) {

        public boolean isHeld(long now) {
            return holder != null && expiresAt > now;
        }
    }

    private static final Comparator<GroupRows.BoxKey> BY_KEY =
            Comparator.comparingInt(GroupRows.BoxKey::account)
                    .thenComparingInt(GroupRows.BoxKey::mailbox);

    private record Change(Lease lease, boolean created) {}

    private final TreeMap<GroupRows.BoxKey, Change> changes = new TreeMap<>(BY_KEY);
    private final List<Lease> longer = new ArrayList<>();
    private boolean dropped;

    boolean isEmpty() {
        return changes.isEmpty() && longer.isEmpty() && !dropped;
    }

    /// The lease as the group leaves it so far.
    public Optional<Lease> find(Session session, GroupRows.BoxKey maildrop) throws SQLException {
        var change = changes.get(maildrop);
        return change == null ? stored(session, maildrop) : Optional.of(change.lease());
    }

    private static Optional<Lease> stored(Session session, GroupRows.BoxKey maildrop)
            throws SQLException {
        return session.queryOne(
                """
                select epoch, holder, expires_at
                from maildrop_lease
                where account_id = ? and mailbox_id = ?
                """,
                row -> new Lease(maildrop, row.getLong(1), row.getString(2), row.getLong(3)),
                maildrop.account(),
                maildrop.mailbox());
    }

    /// @param created whether the maildrop never had a lease
    public void put(Lease lease, boolean created) {
        var before = changes.get(lease.maildrop());
        boolean inserted = before == null ? created : before.created();
        changes.put(lease.maildrop(), new Change(lease, inserted));
    }

    /// Makes a lease last longer, unless it is somebody else's by now.
    public void extend(Lease lease) {
        longer.add(lease);
    }

    /// Takes every lease back.
    public void drop() {
        dropped = true;
    }

    void write(Session session, Batch batch) throws SQLException {
        if (dropped) {
            session.update(
                    "update maildrop_lease set holder = null, expires_at = 0 where holder is not null");
        }
        batch.run(
                """
                insert into maildrop_lease (epoch, holder, expires_at, account_id, mailbox_id)
                values (?, ?, ?, ?, ?)
                """,
                leases(true),
                LeaseRows::bind);
        batch.runOnOne(
                """
                update maildrop_lease
                set epoch = ?, holder = ?, expires_at = ?
                where account_id = ? and mailbox_id = ?
                """,
                leases(false),
                LeaseRows::bind);
        longer.sort(Comparator.comparing(Lease::maildrop, BY_KEY));
        batch.run(
                """
                update maildrop_lease
                set expires_at = ?
                where account_id = ? and mailbox_id = ? and epoch = ? and holder is not null
                """,
                longer,
                (s, lease) -> {
                    s.setLong(1, lease.expiresAt());
                    s.setInt(2, lease.maildrop().account());
                    s.setInt(3, lease.maildrop().mailbox());
                    s.setLong(4, lease.epoch());
                });
    }

    private List<Lease> leases(boolean created) {
        return changes.values().stream()
                .filter(change -> change.created() == created)
                .map(Change::lease)
                .toList();
    }

    private static void bind(PreparedStatement s, Lease lease) throws SQLException {
        s.setLong(1, lease.epoch());
        if (lease.holder() == null) {
            s.setNull(2, Types.VARCHAR);
        } else {
            s.setString(2, lease.holder());
        }
        s.setLong(3, lease.expiresAt());
        s.setInt(4, lease.maildrop().account());
        s.setInt(5, lease.maildrop().mailbox());
    }
}
