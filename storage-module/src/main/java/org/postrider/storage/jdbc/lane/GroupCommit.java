package org.postrider.storage.jdbc.lane;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postrider.storage.blob.ForceFailed;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.database.StoreFailed;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupNotes;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.RowWriter;
import org.postrider.storage.jdbc.view.AccountLoader;
import org.postrider.storage.jdbc.view.LiveAccount;
import org.postrider.storage.jdbc.view.LiveMailbox;
import org.postrider.storage.jdbc.view.ViewFold;

/// One attempt at one transaction: lock the accounts, plan the commands, write bodies and rows,
/// commit, publish, tell the callers.
final class GroupCommit {

    private final LaneParts parts;
    private final Session session;
    private final FeedStream feed;
    private final List<Ticket<?>> tickets;
    private final GroupPlan plan;
    private final AccountLoader loader;
    private final Map<Integer, LiveAccount> accounts = new TreeMap<>();

    GroupCommit(LaneParts parts, Session session, FeedStream feed, List<Ticket<?>> tickets) {
        this.parts = parts;
        this.session = session;
        this.feed = feed;
        this.tickets = tickets;
        this.plan = new GroupPlan(session, parts.bodyIds(), parts.limits().ranges(), parts.clock());
        this.loader = new AccountLoader(session);
    }

    /// Runs the group. When this throws, nobody has been told anything; unless the exception is
    /// [CommitInDoubt] the group had no effect.
    void run() throws SQLException, IOException, CommitInDoubt, StoreFailed {
        try {
            lock();
            for (var ticket : tickets) {
                ticket.plan(plan);
            }
            if (plan.isEmpty()) {
                session.rollback();
            } else {
                write();
                commit();
            }
            publish();
        } finally {
            accounts.values().forEach(LiveAccount::unpin);
        }
    }

    private void lock() throws SQLException {
        var numbers = new TreeSet<Integer>();
        tickets.forEach(ticket -> numbers.addAll(ticket.command().accounts()));
        if (numbers.isEmpty()) {
            return;
        }
        for (var row : loader.lock(numbers)) {
            var live = parts.registry().pinned(row.account());
            accounts.put(row.account(), live);
            current(live, row);
            plan.add(live);
        }
        plan.threads()
                .look(
                        session,
                        tickets.stream()
                                .flatMap(ticket -> ticket.command().newcomers().stream())
                                .toList());
    }

    /// Brings what is in memory of an account to what its rows say, when another lane or process
    /// has written them.
    private void current(LiveAccount live, AccountState row) throws SQLException {
        var known = live.snapshot();
        if (known.state().filter(state -> state.version() == row.version()).isPresent()) {
            return;
        }
        long modSeq = known.state().map(AccountState::modSeq).orElse(0L);
        var state = loader.complete(row, live);
        var views = known.views();
        var changes = List.<LoggedChange>of();
        if (!views.isEmpty() || known.rests()) {
            var read = loader.changesAfter(row.account(), modSeq);
            changes = read;
            views.replaceAll((number, view) -> {
                var folded = ViewFold.fold(view, number, read);
                var box = state.mailboxes().get(number);
                return box == null ? folded : folded.at(box);
            });
        }
        live.publish(state, views, changes).forEach(LiveMailbox::tell);
    }

    private void write() throws SQLException, IOException, StoreFailed {
        try {
            parts.bodies().persist(plan.rows().staged(), new GroupNotes(plan)::all);
        } catch (ForceFailed e) {
            throw new StoreFailed("bodies could not be forced to the disk", e);
        }
        new RowWriter(session, plan, parts.limits().retention().undelete()).write(plan.accounts());
        if (plan.mustLast()) {
            feed.add(session, plan.accounts(), Math.max(plan.now(), parts.bodyIds().millis()));
        } else {
            parts.dialect().relax(session);
        }
    }

    /// Commits, and has it on the disk if somebody would miss it. A group that nobody would miss
    /// has no row in the feed; when its answer is lost it is run again, which it allows.
    private void commit() throws SQLException, CommitInDoubt, StoreFailed {
        try {
            session.commit();
        } catch (SQLException e) {
            if (parts.dialect().isInDoubt(e)) {
                throw new CommitInDoubt(this, feed.next(), e);
            }
            throw e;
        }
        if (!plan.mustLast()) {
            return;
        }
        try {
            parts.dialect().force(session);
        } catch (SQLException e) {
            throw new CommitInDoubt(this, feed.next(), e);
        }
        feed.committed();
    }

    /// The accounts whose rows are behind their log.
    List<Integer> behind() {
        return plan.accounts().stream()
                .filter(AccountLedger::isBehind)
                .map(AccountLedger::account)
                .toList();
    }

    /// Tells everybody, once the group is committed. A failure here must not have the group run
    /// again.
    void publish() throws StoreFailed {
        try {
            var told = new ArrayList<LiveMailbox>();
            for (var ledger : plan.accounts()) {
                var live = accounts.get(ledger.account());
                if (live != null) {
                    told.addAll(live.publish(ledger.after(), ledger.views(), ledger.changes()));
                }
            }
            told.forEach(LiveMailbox::tell);
            parts.texts().arrived(plan.rows().bodies.keySet());
            tickets.forEach(Ticket::complete);
        } catch (RuntimeException e) {
            throw new StoreFailed("a committed group could not be published", e);
        }
    }
}
