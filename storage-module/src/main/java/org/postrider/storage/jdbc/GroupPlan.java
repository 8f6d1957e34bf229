package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One transaction of a lane while it is planned: the accounts it has locked, what they become, and
/// the rows that say so.
final class GroupPlan {

    private final Session session;
    private final AccountLoader loader;
    private final BodyIds bodyIds;
    private final long now;
    private final GroupRows rows = new GroupRows();
    private final TreeMap<Integer, AccountLedger> ledgers = new TreeMap<>();

    GroupPlan(Session session, BodyIds bodyIds, InstantSource clock) {
        this.session = session;
        this.loader = new AccountLoader(session);
        this.bodyIds = bodyIds;
        this.now = clock.millis();
    }

    /// Takes a locked account into the plan.
    void add(LiveAccount live) {
        var known = live.snapshot();
        var state =
                known.state()
                        .orElseThrow(() -> new IllegalStateException("an account without state"));
        ledgers.put(
                state.account(),
                new AccountLedger(state, known.views(), live::offer, rows, loader, now));
    }

    /// Takes an account into the plan that the group creates.
    AccountLedger addNew(int number, long uidValidity) {
        var state = new AccountState(number, 1, 1, uidValidity, 0, 0, -1, -1, Map.of(), Set.of());
        var ledger = new AccountLedger(state, new HashMap<>(), (_, _) -> {}, rows, loader, now);
        ledgers.put(number, ledger);
        return ledger;
    }

    /// The account, unless there is none of that number. It must be one of the command's.
    Optional<AccountLedger> account(int number) {
        return Optional.ofNullable(ledgers.get(number));
    }

    Collection<AccountLedger> accounts() {
        return ledgers.values();
    }

    /// What the group leaves in the tables.
    GroupRows rows() {
        return rows;
    }

    /// For the few questions that only rows can answer.
    Session session() {
        return session;
    }

    long now() {
        return now;
    }

    long newBodyId() {
        return bodyIds.next(now);
    }

    /// The body of a message, which may be one that this plan adds.
    long bodyOf(MessageKey message) throws SQLException {
        var planned = rows.plannedBody(message);
        if (planned.isPresent()) {
            return planned.getAsLong();
        }
        return session.queryOne(
                        """
                        select body_id
                        from message_meta
                        where account_id = ? and mailbox_id = ? and uid = ?
                        """,
                        row -> row.getLong(1),
                        message.account(),
                        message.mailbox(),
                        message.uid())
                .orElseThrow(() -> new IllegalStateException("no row for " + message));
    }
}
