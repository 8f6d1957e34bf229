package org.postrider.storage.jdbc.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Backlog;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.KeywordSet;
import org.postrider.storage.jdbc.account.KeywordSets;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.database.Session;

/// Reads accounts and views from rows, under the lock of the account or in a transaction that sees
/// one moment.
public final class AccountLoader {

    private final Session session;

    public AccountLoader(Session session) {
        this.session = session;
    }

    /// The accounts without their mailboxes; their rows are locked, in the order of their numbers,
    /// until the transaction ends.
    public List<AccountState> lock(SortedSet<Integer> accounts) throws SQLException {
        return session.query(
                """
                select account_id, version, modseq, next_mailbox_id, next_uidvalidity,
                       used_bytes, used_msgs, quota_bytes, quota_msgs
                from account_state
                where account_id = any(?)
                order by account_id
                for update
                """,
                AccountLoader::row,
                session.array("int", accounts.toArray()));
    }

    /// The account without its mailboxes, not locked.
    Optional<AccountState> find(int account) throws SQLException {
        return session.queryOne(
                """
                select account_id, version, modseq, next_mailbox_id, next_uidvalidity,
                       used_bytes, used_msgs, quota_bytes, quota_msgs
                from account_state
                where account_id = ?
                """,
                AccountLoader::row,
                account);
    }

    private static AccountState row(ResultSet row) throws SQLException {
        return new AccountState(
                row.getInt(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                Map.of(),
                java.util.Set.of(),
                Backlogs.NONE);
    }

    /// The account with its mailboxes; tells the live account where \Recent stands.
    public AccountState complete(AccountState bare, LiveAccount live) throws SQLException {
        int account = bare.account();
        var keywords = keywords(account);
        var mailboxes = new HashMap<Integer, MailboxState>();
        session.forEach(
                """
                select m.mailbox_id, m.name, m.uidvalidity, m.special_use,
                       s.uidnext, s.highest_modseq, s.total, s.unseen, s.deleted, s.bytes,
                       s.recent_uid
                from mailbox m
                join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                where m.account_id = ? and m.live_name is not null
                """,
                row -> {
                    int number = row.getInt(1);
                    live.recentRead(number, row.getLong(11));
                    mailboxes.put(
                            number,
                            mailbox(account, row, keywords.getOrDefault(number, KeywordBits.NONE)));
                },
                account);
        var subscriptions =
                session.query(
                        "select name from subscription where account_id = ?",
                        row -> row.getString(1),
                        account);
        return new AccountState(
                account,
                bare.version(),
                bare.modSeq(),
                bare.nextMailbox(),
                bare.nextUidValidity(),
                bare.usedOctets(),
                bare.usedMessages(),
                bare.quotaOctets(),
                bare.quotaMessages(),
                mailboxes,
                new HashSet<>(subscriptions),
                backlogs(account));
    }

    private static MailboxState mailbox(int account, ResultSet row, KeywordBits keywords)
            throws SQLException {
        return new MailboxState(
                account,
                row.getInt(1),
                row.getString(2),
                row.getLong(3),
                ColumnCodes.specialUse(row.getInt(4)),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7),
                row.getInt(8),
                row.getInt(9),
                row.getLong(10),
                keywords);
    }

    private Map<Integer, KeywordBits> keywords(int account) throws SQLException {
        var names = new HashMap<Integer, List<String>>();
        session.forEach(
                """
                select mailbox_id, bit, name
                from mailbox_keyword
                where account_id = ?
                order by mailbox_id, bit
                """,
                row -> {
                    var known = names.computeIfAbsent(row.getInt(1), _ -> new ArrayList<>());
                    if (row.getInt(2) != KeywordBits.FIRST_BIT + known.size()) {
                        throw new IllegalStateException("keyword bits with a gap");
                    }
                    known.add(row.getString(3));
                },
                account);
        boolean wide = names.values().stream().anyMatch(KeywordBits::needSets);
        var sets = wide ? keywordSets(account) : Map.<Integer, SortedMap<Integer, KeywordSet>>of();
        var keywords = new HashMap<Integer, KeywordBits>();
        names.forEach((mailbox, known) -> {
            var its = KeywordSets.of(sets.getOrDefault(mailbox, new TreeMap<>()));
            keywords.put(mailbox, new KeywordBits(known, its));
        });
        return keywords;
    }

    private Map<Integer, SortedMap<Integer, KeywordSet>> keywordSets(int account)
            throws SQLException {
        var sets = new HashMap<Integer, SortedMap<Integer, KeywordSet>>();
        session.forEach(
                """
                select mailbox_id, set_id, keyword
                from keyword_set
                where account_id = ?
                order by mailbox_id, set_id, keyword
                """,
                row -> {
                    var keyword = String.valueOf((char) row.getInt(3));
                    sets.computeIfAbsent(row.getInt(1), _ -> new TreeMap<>())
                            .merge(
                                    row.getInt(2),
                                    new KeywordSet(keyword),
                                    (set, _) -> set.with(keyword.charAt(0)));
                },
                account);
        return sets;
    }

    /// The mailboxes of an account whose rows are behind its log.
    private Backlogs backlogs(int account) throws SQLException {
        var backlogs = new HashMap<Integer, Backlog>();
        session.forEach(
                """
                select mailbox_id, applied_modseq, applied_seq
                from mailbox_state
                where account_id = ? and (applied_modseq < highest_modseq or applied_seq < ?)
                """,
                row ->
                        backlogs.put(
                                row.getInt(1),
                                Backlog.from(new LogPosition(row.getLong(2), row.getInt(3)))),
                account,
                LogPosition.ALL);
        if (backlogs.isEmpty()) {
            return Backlogs.NONE;
        }
        var none = new Backlogs(backlogs);
        for (var logged : waiting(account, none).records()) {
            backlogs.computeIfPresent(logged.mailbox(), (_, backlog) -> backlog.with(logged));
        }
        return new Backlogs(backlogs);
    }

    /// Records that are not in the rows of their mailboxes.
    ///
    /// @param all whether there are no more
    public record Waiting(List<LoggedChange> records, boolean all) {}

    /// The next such records of an account, in the order of the log.
    Waiting waiting(int account, Backlogs backlogs) throws SQLException {
        return waiting(account, backlogs, Integer.MAX_VALUE, _ -> true);
    }

    /// The same, up to the first that is not wanted; what is behind it is not decoded.
    ///
    /// @param most records that are looked at
    public Waiting waiting(int account, Backlogs backlogs, int most, Predicate<LoggedChange> wanted)
            throws SQLException {
        var from = backlogs.first();
        var records = new ArrayList<LoggedChange>();
        var end = new boolean[1];
        var seen = new int[1];
        session.forEach(
                """
                select modseq, seq, mailbox_id, kind, at, data
                from change_log
                where account_id = ? and modseq >= ? and (modseq > ? or seq > ?)
                    and mailbox_id = any(?)
                order by modseq, seq
                limit ?
                """,
                row -> {
                    seen[0]++;
                    var logged = end[0] ? null : logged(row);
                    if (logged != null && backlogs.waits(logged)) {
                        end[0] = !wanted.test(logged);
                        if (!end[0]) {
                            records.add(logged);
                        }
                    }
                },
                account,
                from.modSeq(),
                from.modSeq(),
                from.seq(),
                session.array("int", backlogs.numbers().toArray()),
                most);
        return new Waiting(records, !end[0] && seen[0] < most);
    }

    /// The view of a mailbox: its rows, and what the log has that they do not show.
    public ChunkedView view(MailboxState state) throws SQLException {
        var packed = new SnapshotReader(session).view(state);
        if (packed.isPresent()) {
            return packed.get();
        }
        var builder = new ChunkedView.Builder(ChunkedView.empty(state));
        session.forEach(
                """
                select uid, flags, size, idate, modseq
                from message
                where account_id = ? and mailbox_id = ?
                order by uid
                """,
                row -> {
                    builder.add(
                            row.getLong(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getLong(4),
                            row.getLong(5));
                },
                state.account(),
                state.number());
        var view = builder.done();
        var applied = applied(state);
        if (applied.isPresent()) {
            var backlogs = Backlogs.NONE.with(state.number(), Backlog.from(applied.get()));
            for (var logged : waiting(state.account(), backlogs).records()) {
                view = ViewFold.fold(view, logged.change(), logged.modSeq());
            }
        }
        return view.at(state);
    }

    /// Up to where the rows of a mailbox show the log, when that is not its end.
    private Optional<LogPosition> applied(MailboxState state) throws SQLException {
        return session.queryOne(
                """
                select applied_modseq, applied_seq
                from mailbox_state
                where account_id = ? and mailbox_id = ?
                    and (applied_modseq < highest_modseq or applied_seq < ?)
                """,
                row -> new LogPosition(row.getLong(1), row.getInt(2)),
                state.account(),
                state.number(),
                LogPosition.ALL);
    }

    /// The keywords of a mailbox, which may be deleted.
    public KeywordBits keywords(int account, int mailbox) throws SQLException {
        return keywords(account).getOrDefault(mailbox, KeywordBits.NONE);
    }

    /// The last MODSEQ of which the change log knows nothing any more.
    public long logFloor(int account) throws SQLException {
        return session.queryOne(
                        "select log_floor from account_state where account_id = ?",
                        row -> row.getLong(1),
                        account)
                .orElse(0L);
    }

    /// The changes of an account after a MODSEQ, in order.
    public List<LoggedChange> changesAfter(int account, long modSeq) throws SQLException {
        return session.query(
                """
                select modseq, seq, mailbox_id, kind, at, data
                from change_log
                where account_id = ? and modseq > ?
                order by modseq, seq
                """,
                AccountLoader::logged,
                account,
                modSeq);
    }

    private static LoggedChange logged(ResultSet row) throws SQLException {
        return new LoggedChange(
                new LogPosition(row.getLong(1), row.getInt(2)),
                row.getLong(5),
                ChangeLogCodec.decode(row.getInt(4), row.getInt(3), row.getBytes(6)));
    }
}
