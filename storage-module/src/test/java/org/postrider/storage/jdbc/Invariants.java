package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postrider.storage.StoreSettings;

/// What is true of the rows of a store at every moment between two transactions, whatever happened.
final class Invariants {

    /// Each query finds nothing.
    private static final Map<String, String> NOTHING =
            ordered(
                    "a live message has a UID below UIDNEXT and a MODSEQ up to the mailbox's",
                    """
                    select m.account_id, m.mailbox_id, m.uid
                    from message m
                    join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                    where m.uid >= s.uidnext or m.modseq > s.highest_modseq
                    """,
                    "no UID is both live and expunged",
                    """
                    select m.account_id, m.mailbox_id, m.uid
                    from message m
                    join expunged e on e.account_id = m.account_id and e.mailbox_id = m.mailbox_id
                        and e.uid = m.uid
                    """,
                    "a mailbox whose rows show the whole log counts its messages",
                    """
                    select s.account_id, s.mailbox_id, s.total
                    from mailbox_state s
                    left join (
                        select account_id, mailbox_id, count(*) as n, sum(size) as octets,
                               sum(1 - mod(low, 2)) as unseen, sum(low / 8) as deleted
                        from (
                            select account_id, mailbox_id, size,
                                   mod(mod(flags, 16) + 16, 16) as low
                            from message
                        ) m
                        group by account_id, mailbox_id
                    ) c on c.account_id = s.account_id and c.mailbox_id = s.mailbox_id
                    where s.applied_modseq = s.highest_modseq and s.applied_seq = 32767
                        and (s.total <> coalesce(c.n, 0) or s.bytes <> coalesce(c.octets, 0)
                            or s.unseen <> coalesce(c.unseen, 0)
                            or s.deleted <> coalesce(c.deleted, 0))
                    """,
                    "an account is charged for its live mailboxes",
                    """
                    select a.account_id, a.used_bytes, a.used_msgs
                    from account_state a
                    left join (
                        select m.account_id, sum(s.total) as n, sum(s.bytes) as octets
                        from mailbox m
                        join mailbox_state s
                            on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                        where m.live_name is not null
                        group by m.account_id
                    ) c on c.account_id = a.account_id
                    where a.used_bytes <> coalesce(c.octets, 0) or a.used_msgs <> coalesce(c.n, 0)
                    """,
                    "no mailbox is ahead of its account, in MODSEQ, number or UIDVALIDITY",
                    """
                    select m.account_id, m.mailbox_id, s.highest_modseq
                    from mailbox m
                    join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                    join account_state a on a.account_id = m.account_id
                    where s.highest_modseq > a.modseq or m.mailbox_id >= a.next_mailbox_id
                        or m.uidvalidity >= a.next_uidvalidity or s.applied_modseq > s.highest_modseq
                    """,
                    "a mailbox's MODSEQ is that of its last change",
                    """
                    select m.account_id, m.mailbox_id, s.highest_modseq
                    from mailbox m
                    join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                    left join (
                        select account_id, mailbox_id, max(modseq) as last
                        from change_log
                        where kind in (1, 2, 3, 6, 8, 10)
                        group by account_id, mailbox_id
                    ) l on l.account_id = m.account_id and l.mailbox_id = m.mailbox_id
                    join account_state a on a.account_id = m.account_id
                    where s.highest_modseq <> coalesce(l.last, m.created_modseq)
                        and s.highest_modseq > a.log_floor
                    """,
                    "every account has an INBOX",
                    """
                    select a.account_id, 0, 0
                    from account a
                    where not exists (
                        select 1 from mailbox m
                        where m.account_id = a.account_id and m.live_name = 'INBOX')
                    """,
                    "a message has one meta row, live or expunged",
                    """
                    select x.account_id, x.mailbox_id, x.uid
                    from (
                        select account_id, mailbox_id, uid from message
                        union all
                        select account_id, mailbox_id, uid from expunged
                    ) x
                    left join message_meta m on m.account_id = x.account_id
                        and m.mailbox_id = x.mailbox_id and m.uid = x.uid
                    where m.uid is null
                    """,
                    "a meta row has its message, live or expunged, where rows show the whole log",
                    """
                    select m.account_id, m.mailbox_id, m.uid
                    from message_meta m
                    join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                    where s.applied_modseq = s.highest_modseq and s.applied_seq = 32767
                    and not exists (
                        select 1 from message x where x.account_id = m.account_id
                            and x.mailbox_id = m.mailbox_id and x.uid = m.uid)
                    and not exists (
                        select 1 from expunged x where x.account_id = m.account_id
                            and x.mailbox_id = m.mailbox_id and x.uid = m.uid)
                    """,
                    "a body counts who names it",
                    """
                    select b.account_id, b.body_id, b.refs
                    from body b
                    left join (
                        select account_id, body_id, count(*) as n
                        from message_meta
                        group by account_id, body_id
                    ) c on c.account_id = b.account_id and c.body_id = b.body_id
                    where b.refs <> coalesce(c.n, 0) or b.refs = 0
                    """,
                    "a message has its body, and their sizes agree",
                    """
                    select m.account_id, m.mailbox_id, m.uid
                    from message x
                    join message_meta m on m.account_id = x.account_id
                        and m.mailbox_id = x.mailbox_id and m.uid = x.uid
                    left join body b on b.account_id = m.account_id and b.body_id = m.body_id
                    where b.body_id is null or x.size <> b.size + octet_length(m.prefix)
                    """,
                    "a change log begins behind its floor",
                    """
                    select l.account_id, l.modseq, a.log_floor
                    from change_log l
                    join account_state a on a.account_id = l.account_id
                    where l.modseq <= a.log_floor
                    """,
                    "expunges are forgotten as far as the log is cut",
                    """
                    select s.account_id, s.mailbox_id, s.expunge_floor
                    from mailbox_state s
                    join account_state a on a.account_id = s.account_id
                    where s.expunge_floor > a.log_floor or s.expunge_floor > s.highest_modseq
                    """,
                    "what is left of an expunge is about a mailbox",
                    """
                    select e.account_id, e.mailbox_id, e.uid
                    from expunged e
                    where not exists (
                        select 1 from mailbox m where m.account_id = e.account_id
                            and m.mailbox_id = e.mailbox_id)
                    """,
                    "the committed groups of a lane are numbered without gaps",
                    """
                    select stream_id, min(n), max(n)
                    from feed
                    group by stream_id
                    having max(n) - min(n) + 1 <> count(*)
                    """);

    private Invariants() {}

    /// Looks at the store's rows, while it runs or not.
    static void assertHold(StoreSettings settings) throws SQLException {
        try (var connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            for (var invariant : NOTHING.entrySet()) {
                assertThat(found(connection, invariant.getValue()))
                        .as(invariant.getKey())
                        .isEmpty();
            }
            var whole = "select account_id from account_state where log_floor = 0";
            for (var account : numbers(connection, whole)) {
                assertFolds(new Session(connection), account.intValue());
            }
        }
    }

    /// What a mailbox's row says of it.
    private record Figures(
            LogPosition applied, long highest, int total, int unseen, int deleted, long octets) {

        static Figures read(ResultSet row) throws SQLException {
            return new Figures(
                    new LogPosition(row.getLong(1), row.getInt(2)),
                    row.getLong(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getLong(7));
        }

        boolean areBehind() {
            return applied.isBefore(new LogPosition(highest, LogPosition.ALL));
        }
    }

    /// Folding an account's change log up to what is applied gives its rows, folding all of it
    /// gives its figures, and no UID is given twice.
    private static void assertFolds(Session session, int account) throws SQLException {
        var all = new AccountLoader(session).changesAfter(account, 0);
        var mailboxes = new TreeSet<Integer>();
        all.forEach(logged -> mailboxes.add(logged.mailbox()));
        mailboxes.remove(0);
        for (int mailbox : mailboxes) {
            var figures =
                    session.queryOne(
                                    """
                                    select applied_modseq, applied_seq, highest_modseq, total,
                                        unseen, deleted, bytes
                                    from mailbox_state
                                    where account_id = ? and mailbox_id = ?
                                    """,
                                    Figures::read,
                                    account,
                                    mailbox)
                            .orElseThrow();
            var log = all.stream().filter(logged -> logged.mailbox() == mailbox).toList();
            assertBehind(mailbox, figures, log);
            if (!LogFold.of(log).deleted() || figures.areBehind()) {
                assertFigures(mailbox, figures, log);
                assertRows(session, account, mailbox, figures, log);
            } else {
                assertThat(LogFold.of(log).messages())
                        .as("a deleted mailbox %d/%d has what it had", account, mailbox)
                        .containsAllEntriesOf(rows(session, account, mailbox));
            }
        }
    }

    private static void assertBehind(int mailbox, Figures figures, List<LoggedChange> log) {
        boolean waits =
                log.stream()
                        .filter(logged -> LogFold.isOfMessages(logged.change()))
                        .anyMatch(logged -> figures.applied().isBefore(logged.position()));
        assertThat(waits)
                .as("mailbox %d is behind when a record waits", mailbox)
                .isEqualTo(figures.areBehind());
    }

    private static void assertFigures(int mailbox, Figures figures, List<LoggedChange> log) {
        var fold = LogFold.of(log);
        assertThat(figures)
                .as("the log of mailbox %d gives its figures", mailbox)
                .isEqualTo(
                        new Figures(
                                figures.applied(),
                                figures.highest(),
                                fold.messages().size(),
                                fold.count(message -> (message.flags() & 1) == 0),
                                fold.count(message -> (message.flags() & 8) != 0),
                                fold.messages().values().stream()
                                        .mapToLong(LogFold.Message::size)
                                        .sum()));
    }

    private static void assertRows(
            Session session, int account, int mailbox, Figures figures, List<LoggedChange> log)
            throws SQLException {
        var fold =
                LogFold.of(
                        log.stream()
                                .filter(logged -> !figures.applied().isBefore(logged.position()))
                                .toList());
        var rows = rows(session, account, mailbox);
        assertThat(rows)
                .as("the log of mailbox %d/%d gives its rows", account, mailbox)
                .isEqualTo(fold.messages());
        var tombstones = tombstones(session, account, mailbox);
        assertThat(fold.expunged())
                .as("the log of mailbox %d/%d gives the tombstones it has", account, mailbox)
                .containsAllEntriesOf(tombstones);
        var wanted = new TreeSet<>(rows.keySet());
        wanted.addAll(tombstones.keySet());
        wanted.addAll(LogFold.of(log).receivedAfter(fold));
        assertThat(metas(session, account, mailbox))
                .as("what never changes of the messages of mailbox %d/%d", account, mailbox)
                .isEqualTo(wanted);
        assertThat(rows.values())
                .as("keywords of mailbox %d/%d are known", account, mailbox)
                .allSatisfy(row -> assertThat(fold.isKnown(row.flags())).isTrue());
    }

    private static Map<Long, LogFold.Message> rows(Session session, int account, int mailbox)
            throws SQLException {
        var rows = new TreeMap<Long, LogFold.Message>();
        session.forEach(
                """
                select uid, flags, size, idate, modseq
                from message
                where account_id = ? and mailbox_id = ?
                """,
                row ->
                        rows.put(
                                row.getLong(1),
                                new LogFold.Message(
                                        row.getLong(2),
                                        row.getInt(3),
                                        row.getLong(4),
                                        row.getLong(5))),
                account,
                mailbox);
        return rows;
    }

    private static Map<Long, Long> tombstones(Session session, int account, int mailbox)
            throws SQLException {
        var rows = new TreeMap<Long, Long>();
        session.forEach(
                "select uid, modseq from expunged where account_id = ? and mailbox_id = ?",
                row -> rows.put(row.getLong(1), row.getLong(2)),
                account,
                mailbox);
        return rows;
    }

    /// It is there for what the rows show and for what came since; of copies since it is not.
    private static Set<Long> metas(Session session, int account, int mailbox) throws SQLException {
        var rows = new TreeSet<Long>();
        session.forEach(
                "select uid from message_meta where account_id = ? and mailbox_id = ?",
                row -> rows.add(row.getLong(1)),
                account,
                mailbox);
        return rows;
    }

    private static List<String> found(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1) + "/" + rows.getString(2) + "/" + rows.getString(3));
            }
            return all;
        }
    }

    private static List<Long> numbers(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<Long>();
            while (rows.next()) {
                all.add(rows.getLong(1));
            }
            return all;
        }
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
