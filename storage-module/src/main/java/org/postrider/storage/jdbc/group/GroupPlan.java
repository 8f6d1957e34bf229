package org.postrider.storage.jdbc.group;

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
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.view.AccountLoader;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.LiveAccount;

/// One transaction of a lane while it is planned: the accounts it has locked, what they become, and
/// the rows that say so.
public final class GroupPlan {

    private final Session session;
    private final AccountLoader loader;
    private final BodyIds bodyIds;
    private final StoreLimits.Ranges ranges;
    private final long now;
    private final GroupRows rows = new GroupRows();
    private final Threads threads = new Threads(rows);
    private final DirectoryLedger directory;
    private final TreeMap<Integer, AccountLedger> ledgers = new TreeMap<>();
    private final Map<Integer, LiveAccount> live = new HashMap<>();

    public GroupPlan(
            Session session, BodyIds bodyIds, StoreLimits.Ranges ranges, InstantSource clock) {
        this.session = session;
        this.loader = new AccountLoader(session);
        this.directory = new DirectoryLedger(session);
        this.bodyIds = bodyIds;
        this.ranges = ranges;
        this.now = clock.millis();
    }

    /// Takes a locked account into the plan.
    public void add(LiveAccount locked) {
        var known = locked.snapshot();
        var state =
                known.state()
                        .orElseThrow(() -> new IllegalStateException("an account without state"));
        ledgers.put(state.account(), ledger(state, known.views(), locked::offer));
        live.put(state.account(), locked);
    }

    private AccountLedger ledger(
            AccountState state,
            Map<Integer, ChunkedView> views,
            BiConsumer<Integer, ChunkedView> loaded) {
        return new AccountLedger(state, views, loaded, rows, loader, ranges, now);
    }

    /// Takes an account into the plan that the group creates.
    public AccountLedger addNew(int number, long uidValidity) {
        var state =
                new AccountState(
                        number,
                        0,
                        1,
                        1,
                        uidValidity,
                        0,
                        0,
                        -1,
                        -1,
                        Map.of(),
                        Set.of(),
                        Backlogs.NONE);
        var ledger = ledger(state, new HashMap<>(), (_, _) -> {});
        ledgers.put(number, ledger);
        return ledger;
    }

    /// The account, unless there is none of that number. It must be one of the command's.
    public Optional<AccountLedger> account(int number) {
        return Optional.ofNullable(ledgers.get(number));
    }

    /// The MODSEQ of the oldest view of a mailbox that somebody may still show.
    public long shownSince(int account, int mailbox) {
        var known = live.get(account);
        return known == null ? Long.MAX_VALUE : known.shownSince(mailbox);
    }

    public Collection<AccountLedger> accounts() {
        return ledgers.values();
    }

    /// Whether there is nothing to commit.
    public boolean isEmpty() {
        return rows.isEmpty() && !mustLast();
    }

    /// Whether anybody would miss the group after a crash.
    public boolean mustLast() {
        return rows.mustLast()
                || directory.changed()
                || ledgers.values().stream().anyMatch(AccountLedger::changed);
    }

    /// The domains, accounts and aliases.
    public DirectoryLedger directory() {
        return directory;
    }

    /// What the group leaves in the tables.
    public GroupRows rows() {
        return rows;
    }

    /// The threads that messages of the group belong to.
    public Threads threads() {
        return threads;
    }

    /// For the few questions that only rows can answer.
    public Session session() {
        return session;
    }

    public long now() {
        return now;
    }

    /// The next records of a locked account that the rows do not show, up to the first that is not
    /// wanted.
    AccountLoader.Waiting waiting(
            int account, Backlogs backlogs, int most, Predicate<LoggedChange> wanted)
            throws SQLException {
        return loader.waiting(account, backlogs, most, wanted);
    }

    public long newBodyId() {
        return bodyIds.next(now);
    }

    /// The bodies of messages, some of which this plan may add.
    public Map<MessageKey, Long> bodiesOf(List<MessageKey> messages) throws SQLException {
        var bodies = new HashMap<MessageKey, Long>();
        var stored = new TreeMap<Integer, List<MessageKey>>();
        for (var message : messages) {
            var planned = rows.plannedBody(message);
            planned.ifPresentOrElse(
                    body -> bodies.put(message, body),
                    () ->
                            stored.computeIfAbsent(message.mailbox(), _ -> new ArrayList<>())
                                    .add(message));
        }
        for (var each : stored.entrySet()) {
            var account = each.getValue().getFirst().account();
            var mailbox = each.getKey();
            session.forEach(
                    """
                    select m.uid, m.body_id
                    from unnest(?) as k(uid)
                    join message_meta m on m.account_id = ? and m.mailbox_id = ? and m.uid = k.uid
                    """,
                    row ->
                            bodies.put(
                                    new MessageKey(account, mailbox, row.getLong(1)),
                                    row.getLong(2)),
                    session.array(
                            "bigint", each.getValue().stream().map(MessageKey::uid).toArray()),
                    account,
                    mailbox);
        }
        return bodies;
    }
}
