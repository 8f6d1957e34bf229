package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
    private final Threads threads = new Threads(rows);
    private final TreeMap<Integer, AccountLedger> ledgers = new TreeMap<>();
    private final Map<Integer, LiveAccount> live = new HashMap<>();

    GroupPlan(Session session, BodyIds bodyIds, InstantSource clock) {
        this.session = session;
        this.loader = new AccountLoader(session);
        this.bodyIds = bodyIds;
        this.now = clock.millis();
    }

    /// Takes a locked account into the plan.
    void add(LiveAccount locked) {
        var known = locked.snapshot();
        var state =
                known.state()
                        .orElseThrow(() -> new IllegalStateException("an account without state"));
        ledgers.put(
                state.account(),
                new AccountLedger(state, known.views(), locked::offer, rows, loader, now));
        live.put(state.account(), locked);
    }

    /// Takes an account into the plan that the group creates.
    AccountLedger addNew(int number, long uidValidity) {
        var state =
                new AccountState(number, 0, 1, 1, uidValidity, 0, 0, -1, -1, Map.of(), Set.of());
        var ledger = new AccountLedger(state, new HashMap<>(), (_, _) -> {}, rows, loader, now);
        ledgers.put(number, ledger);
        return ledger;
    }

    /// The account, unless there is none of that number. It must be one of the command's.
    Optional<AccountLedger> account(int number) {
        return Optional.ofNullable(ledgers.get(number));
    }

    /// The MODSEQ of the oldest view of a mailbox that somebody may still show.
    long shownSince(int account, int mailbox) {
        var known = live.get(account);
        return known == null ? Long.MAX_VALUE : known.shownSince(mailbox);
    }

    Collection<AccountLedger> accounts() {
        return ledgers.values();
    }

    /// What the group leaves in the tables.
    GroupRows rows() {
        return rows;
    }

    /// The threads that messages of the group belong to.
    Threads threads() {
        return threads;
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

    /// The bodies of messages, some of which this plan may add, by UID.
    Map<Long, Long> bodiesOf(int account, int mailbox, List<MessageRow> messages)
            throws SQLException {
        var bodies = new HashMap<Long, Long>();
        var stored = new ArrayList<Long>();
        for (var message : messages) {
            var planned = rows.plannedBody(new MessageKey(account, mailbox, message.uid()));
            planned.ifPresentOrElse(
                    body -> bodies.put(message.uid(), body), () -> stored.add(message.uid()));
        }
        if (!stored.isEmpty()) {
            session.forEach(
                    """
                    select m.uid, m.body_id
                    from unnest(?) as k(uid)
                    join message_meta m on m.account_id = ? and m.mailbox_id = ? and m.uid = k.uid
                    """,
                    row -> bodies.put(row.getLong(1), row.getLong(2)),
                    session.array("bigint", stored.toArray()),
                    account,
                    mailbox);
        }
        return bodies;
    }
}
