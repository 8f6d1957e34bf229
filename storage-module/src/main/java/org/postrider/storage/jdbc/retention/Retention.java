package org.postrider.storage.jdbc.retention;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.database.Failures;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.reading.MetaRenewal;
import org.postrider.storage.jdbc.upkeep.Upkeep;

/// Has what is gone go for good, when its time has come: tombstones, bodies that nothing names any
/// more, the beginnings of change logs, what is left of deleted mailboxes. It looks for what may be
/// due beside the lane; the lane decides.
public final class Retention {

    public static final String PURGE = "purge";
    public static final String REAP = "reaper";
    public static final String CUT_LOGS = "cutting logs";
    public static final String THREADS = "threads";

    /// Steps in one run of a task: other tasks wait for its end.
    private static final int STEPS = 20;

    /// Accounts whose logs are looked at in one run.
    private static final int ACCOUNTS = 500;

    private final Lanes lanes;
    private final Readers readers;
    private final InstantSource clock;
    private final StoreLimits.Retention limits;

    /// Accounts in which a mailbox was deleted.
    private final Set<Integer> unreaped = ConcurrentHashMap.newKeySet();

    /// Accounts from which messages went for good since their threads were looked at.
    private final Set<Integer> purged = ConcurrentHashMap.newKeySet();

    private final KeywordSetPurge keywordSets;
    private final ThreadPurge threads;
    private boolean lookedForDeleted;
    private Due purgedUpTo = NOTHING_YET;
    private int cutUpTo;

    public Retention(
            Lanes lanes, Readers readers, InstantSource clock, StoreLimits.Retention limits) {
        this.lanes = lanes;
        this.readers = readers;
        this.clock = clock;
        this.limits = limits;
        this.keywordSets = new KeywordSetPurge(lanes, readers);
        this.threads = new ThreadPurge(lanes, readers);
    }

    public List<Upkeep.Task> tasks() {
        return List.of(
                new Upkeep.Task(REAP, Duration.ofSeconds(10), this::reap),
                new Upkeep.Task(PURGE, Duration.ofSeconds(10), this::purge),
                new Upkeep.Task(CUT_LOGS, Duration.ofMinutes(1), this::cutLogs),
                new Upkeep.Task(THREADS, Duration.ofHours(1), this::forgetThreads));
    }

    /// A mailbox of the account was deleted.
    public void deleted(int account) {
        unreaped.add(account);
    }

    /// Makes of the messages of an account's deleted mailboxes what can be brought back.
    public void reap(int account) {
        boolean more = true;
        while (more) {
            more = reapSome(account);
        }
    }

    private boolean reapSome(int account) {
        lanes.catchUp(account);
        return lanes.call(new RetentionCommands.Reap(account));
    }

    private void reap() {
        if (!lookedForDeleted) {
            unreaped.addAll(accountsWithDeletedMailboxes());
            lookedForDeleted = true;
        }
        int steps = 0;
        for (int account : List.copyOf(unreaped)) {
            unreaped.remove(account);
            boolean more = true;
            try {
                while (more && steps < STEPS) {
                    more = reapSome(account);
                    steps++;
                }
            } finally {
                if (more) {
                    unreaped.add(account);
                }
            }
        }
    }

    private List<Integer> accountsWithDeletedMailboxes() {
        return readers.ask(session ->
                session.query(
                        """
                        select distinct m.account_id
                        from mailbox m
                        join mailbox_state s
                            on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                        where m.live_name is null and s.total > 0
                        """,
                        row -> row.getInt(1)));
    }

    /// A tombstone, and when it may go.
    private record Due(long at, MessageKey key) {}

    private static final Due NOTHING_YET = new Due(Long.MIN_VALUE, new MessageKey(0, 0, 0));

    /// Each tombstone that is due is tried once, in one run or several: what somebody still shows
    /// has its turn again after all others.
    private void purge() {
        for (int step = 0; step < STEPS; step++) {
            var due = due(purgedUpTo);
            var accounts = new TreeMap<Integer, List<MessageKey>>();
            for (var each : due) {
                accounts.computeIfAbsent(each.key().account(), _ -> new ArrayList<>())
                        .add(each.key());
            }
            accounts.forEach((account, keys) -> {
                lanes.catchUp(account);
                if (lanes.call(new RetentionCommands.Purge(account, keys)) > 0) {
                    purged.add(account);
                }
            });
            if (due.size() < RetentionCommands.STEP) {
                purgedUpTo = NOTHING_YET;
                return;
            }
            purgedUpTo = due.getLast();
        }
    }

    /// The next tombstones that are due, in the order of their times and keys.
    private List<Due> due(Due after) {
        var key = after.key();
        return readers.ask(session ->
                session.query(
                        """
                        select purge_at, account_id, mailbox_id, uid
                        from expunged
                        where purge_at between ? and ?
                            and (purge_at > ? or account_id > ?
                                or (account_id = ? and mailbox_id > ?)
                                or (account_id = ? and mailbox_id = ? and uid > ?))
                        order by purge_at, account_id, mailbox_id, uid
                        limit ?
                        """,
                        row ->
                                new Due(
                                        row.getLong(1),
                                        new MessageKey(
                                                row.getInt(2), row.getInt(3), row.getLong(4))),
                        after.at(),
                        clock.millis(),
                        after.at(),
                        key.account(),
                        key.account(),
                        key.mailbox(),
                        key.account(),
                        key.mailbox(),
                        key.uid(),
                        RetentionCommands.STEP));
    }

    /// An account whose threads could not be looked at has its turn again, and the others have
    /// theirs all the same. One that nothing is purged from any more after a restart keeps what it
    /// had: that is little, and goes with the next message.
    private void forgetThreads() {
        if (purged.isEmpty() || !readers.ask(MetaRenewal::isDone)) {
            return;
        }
        var failures = new Failures();
        for (int account : List.copyOf(purged)) {
            try {
                threads.run(account);
                purged.remove(account);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        failures.throwFirst();
    }

    /// Looks at some accounts, the next ones at the next time.
    private void cutLogs() {
        long before = clock.millis() - limits.log().toMillis();
        var accounts = accounts(cutUpTo);
        int steps = 0;
        for (int account : accounts) {
            boolean more = hasOldRecords(account, before);
            boolean cut = more;
            if (more) {
                lanes.catchUp(account);
            }
            while (more && steps < STEPS) {
                more = lanes.call(new RetentionCommands.CutLog(account, before, limits.logSteps()));
                steps++;
            }
            if (more) {
                return;
            }
            if (cut) {
                keywordSets.run(account);
            }
            cutUpTo = account;
        }
        if (accounts.size() < ACCOUNTS) {
            cutUpTo = 0;
        }
    }

    private List<Integer> accounts(int after) {
        return readers.ask(session ->
                session.query(
                        """
                        select account_id
                        from account_state
                        where account_id > ?
                        order by account_id
                        limit ?
                        """,
                        row -> row.getInt(1),
                        after,
                        ACCOUNTS));
    }

    private boolean hasOldRecords(int account, long before) {
        return readers.ask(session ->
                session.queryOne(
                                """
                                select l.at, a.modseq - l.modseq
                                from change_log l
                                join account_state a on a.account_id = l.account_id
                                where l.account_id = ?
                                order by l.modseq, l.seq
                                limit 1
                                """,
                                row ->
                                        row.getLong(1) < before
                                                || row.getLong(2) >= limits.logSteps(),
                                account)
                        .orElse(false));
    }
}
