package org.postrider.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Reads accounts and views from rows, under the lock of the account or in a transaction that sees
/// one moment.
final class AccountLoader {

    private final Session session;

    AccountLoader(Session session) {
        this.session = session;
    }

    /// The accounts without their mailboxes; their rows are locked, in the order of their numbers,
    /// until the transaction ends.
    List<AccountState> lock(SortedSet<Integer> accounts) throws SQLException {
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
                java.util.Set.of());
    }

    /// The account with its mailboxes; tells the live account where \Recent stands.
    AccountState complete(AccountState bare, LiveAccount live) throws SQLException {
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
                new HashSet<>(subscriptions));
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
        var sets = wide ? keywordSets(account) : Map.<Integer, List<KeywordSet>>of();
        var keywords = new HashMap<Integer, KeywordBits>();
        names.forEach((mailbox, known) -> {
            var its = KeywordSets.of(sets.getOrDefault(mailbox, List.of()));
            keywords.put(mailbox, new KeywordBits(known, its));
        });
        return keywords;
    }

    private Map<Integer, List<KeywordSet>> keywordSets(int account) throws SQLException {
        var sets = new HashMap<Integer, List<KeywordSet>>();
        session.forEach(
                """
                select mailbox_id, set_id, keyword
                from keyword_set
                where account_id = ?
                order by mailbox_id, set_id, keyword
                """,
                row -> {
                    var known = sets.computeIfAbsent(row.getInt(1), _ -> new ArrayList<>());
                    int number = row.getInt(2);
                    if (number > known.size()) {
                        known.add(new KeywordSet(""));
                    }
                    if (number != known.size()) {
                        throw new IllegalStateException("sets of keywords with a gap");
                    }
                    known.set(number - 1, known.getLast().with((char) row.getInt(3)));
                },
                account);
        return sets;
    }

    /// The view of a mailbox.
    ChunkedView view(MailboxState state) throws SQLException {
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
        return builder.done().at(state);
    }

    /// The keywords of a mailbox, which may be deleted.
    KeywordBits keywords(int account, int mailbox) throws SQLException {
        return keywords(account).getOrDefault(mailbox, KeywordBits.NONE);
    }

    /// The last MODSEQ of which the change log knows nothing any more.
    long logFloor(int account) throws SQLException {
        return session.queryOne(
                        "select log_floor from account_state where account_id = ?",
                        row -> row.getLong(1),
                        account)
                .orElse(0L);
    }

    /// The changes of an account after a MODSEQ, in order.
    List<LoggedChange> changesAfter(int account, long modSeq) throws SQLException {
        return session.query(
                """
                select modseq, seq, mailbox_id, kind, data
                from change_log
                where account_id = ? and modseq > ?
                order by modseq, seq
                """,
                row ->
                        new LoggedChange(
                                row.getLong(1),
                                row.getInt(2),
                                ChangeLogCodec.decode(
                                        row.getInt(4), row.getInt(3), row.getBytes(5))),
                account,
                modSeq);
    }
}
