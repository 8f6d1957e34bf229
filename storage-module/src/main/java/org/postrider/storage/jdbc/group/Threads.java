package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupRows.ThreadRef;

/// Which thread each new message of a group belongs to (RFC 8474 §5.2): the one of the first
/// identifier that is known in the account, its own before those that it answers; else a new one.
/// Whoever comes later by one of its identifiers is of the same thread.
///
/// All identifiers of a group are looked up at once, under the locks of the accounts.
public final class Threads {

    /// A message that comes to an account.
    ///
    /// @param refs what ties it to others
    public record Newcomer(int account, List<Long> refs) {}

    private final GroupRows rows;
    private final Map<ThreadRef, Long> known = new HashMap<>();

    Threads(GroupRows rows) {
        this.rows = rows;
    }

    /// Looks up what the messages refer to; asks nobody when that is nothing.
    public void look(Session session, List<Newcomer> newcomers) throws SQLException {
        var wanted = new LinkedHashSet<ThreadRef>();
        for (var each : newcomers) {
            each.refs().forEach(ref -> wanted.add(new ThreadRef(each.account(), ref)));
        }
        if (wanted.isEmpty()) {
            return;
        }
        var accounts = new ArrayList<Integer>();
        var refs = new ArrayList<Long>();
        for (var each : wanted) {
            accounts.add(each.account());
            refs.add(each.ref());
        }
        session.forEach(
                """
                select t.account_id, t.ref, t.thread_id
                from unnest(?, ?) as k(account_id, ref)
                join thread_ref t on t.account_id = k.account_id and t.ref = k.ref
                """,
                row -> known.put(new ThreadRef(row.getInt(1), row.getLong(2)), row.getLong(3)),
                session.array("int", accounts.toArray()),
                session.array("bigint", refs.toArray()));
    }

    /// These identifiers are of no thread any more: whoever has one of them begins one.
    public void forget(Set<ThreadRef> refs) {
        known.keySet().removeAll(refs);
        rows.retention.forgottenRefs.addAll(refs);
    }

    /// The thread of a message whose identifiers were looked up.
    ///
    /// @param fresh the number of the thread, if it begins one
    public long of(int account, List<Long> refs, long fresh) {
        long thread = fresh;
        for (var ref : refs.reversed()) {
            thread = known.getOrDefault(new ThreadRef(account, ref), thread);
        }
        for (var ref : refs) {
            var key = new ThreadRef(account, ref);
            if (!known.containsKey(key)) {
                known.put(key, thread);
                rows.threads.put(key, thread);
            }
        }
        return thread;
    }
}
