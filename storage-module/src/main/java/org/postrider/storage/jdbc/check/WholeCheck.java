package org.postrider.storage.jdbc.check;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.upkeep.SegmentCare;

/// Checks what is not of one account.
final class WholeCheck {

    /// The tables whose rows are of an account that is there; others are looked at by themselves.
    private static final List<String> OF_ACCOUNTS =
            List.of(
                    "mailbox",
                    "subscription",
                    "message",
                    "message_meta",
                    "expunged",
                    "change_log",
                    "body",
                    "body_text",
                    "thread_ref");

    /// The same of a mailbox.
    private static final List<String> OF_MAILBOXES =
            List.of("mailbox_state", "mailbox_keyword", "keyword_set");

    private final Session session;
    private final BodyStore bodies;
    private final Findings findings;

    WholeCheck(Session session, BodyStore bodies, Findings findings) {
        this.session = session;
        this.bodies = bodies;
        this.findings = findings;
    }

    void run() throws SQLException {
        numbers();
        addresses();
        strangers();
        orphans();
        feed();
        pages();
        blobs();
        if (bodies instanceof SegmentBodies segments) {
            packs(segments);
        }
    }

    private void numbers() throws SQLException {
        look(
                Invariant.M10,
                """
                select a.account_id, cast(i.v as bigint)
                from account a
                join store_info i on i.k = 'next_account_id'
                where a.account_id >= cast(i.v as bigint)
                """,
                "account %d has a number that is not below the next, %d");
        look(
                Invariant.M10,
                """
                select s.account_id, s.modseq
                from account_state s
                left join account a on a.account_id = s.account_id
                where a.account_id is null
                """,
                "account %d has a row in account_state and none in account, MODSEQ %d");
    }

    private void addresses() throws SQLException {
        tell(
                """
                select l.address
                from alias l
                join account a on a.address_key = l.address_key
                """,
                "%s is an alias and an account");
        tell(
                """
                select l.address
                from alias l
                left join alias_target t on t.address_key = l.address_key
                where t.address_key is null
                """,
                "the alias %s goes to nobody");
        tell(
                """
                select distinct t.address_key
                from alias_target t
                left join alias l on l.address_key = t.address_key
                where l.address_key is null
                """,
                "%s is no alias, and has targets");
        tell(
                """
                select distinct t.address_key
                from alias_target t
                join domain d on d.name = regexp_replace(t.target_key, '^.*@', '')
                left join account a on a.address_key = t.target_key
                left join alias l on l.address_key = t.target_key
                where a.account_id is null and l.address_key is null
                """,
                "the alias %s goes to an address of ours that is nobody's");
    }

    private void tell(String sql, String what) throws SQLException {
        session.forEach(
                sql,
                row -> findings.add(Invariant.A8, Place.STORE, what.formatted(row.getString(1))));
    }

    /// Rows of mailboxes that are not whole.
    private void orphans() throws SQLException {
        look(
                Invariant.M10,
                """
                select m.account_id, m.mailbox_id
                from mailbox m
                left join mailbox_state s
                    on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                where s.account_id is null
                """,
                "mailbox %d/%d has no row in mailbox_state");
        for (var table : OF_MAILBOXES) {
            look(
                    Invariant.M10,
                    """
                    select distinct s.account_id, s.mailbox_id
                    from %s s
                    left join mailbox m
                        on m.account_id = s.account_id and m.mailbox_id = s.mailbox_id
                    where m.account_id is null
                    """
                            .formatted(table),
                    "mailbox %d/%d has a row in " + table + " and none in mailbox");
        }
    }

    /// Numbers of accounts that nobody has.
    private record Gap(int first, int last) {}

    /// Rows of accounts that are not there. Numbers of accounts follow each other, so there are few
    /// gaps to be looked at.
    private void strangers() throws SQLException {
        for (var gap : gaps()) {
            for (var table : OF_ACCOUNTS) {
                var sql =
                        "select account_id from %s where account_id between ? and ? limit 1"
                                .formatted(table);
                session.queryOne(sql, row -> row.getInt(1), gap.first(), gap.last())
                        .ifPresent(account ->
                                findings.add(
                                        Invariant.M10,
                                        Place.STORE,
                                        "account %d has a row in %s and none in account"
                                                .formatted(account, table)));
            }
        }
    }

    private List<Gap> gaps() throws SQLException {
        var gaps = new ArrayList<Gap>();
        int[] next = {Integer.MIN_VALUE};
        session.forEach(
                "select account_id from account order by account_id",
                row -> {
                    int account = row.getInt(1);
                    if (account > next[0]) {
                        gaps.add(new Gap(next[0], account - 1));
                    }
                    next[0] = account + 1;
                });
        gaps.add(new Gap(next[0], Integer.MAX_VALUE));
        return gaps;
    }

    private void feed() throws SQLException {
        look(
                Invariant.D4,
                """
                select stream_id, max(n) - min(n) + 1 - count(*)
                from feed
                group by stream_id
                having max(n) - min(n) + 1 <> count(*)
                """,
                "stream %d lacks %d groups among those it has");
    }

    private void pages() throws SQLException {
        look(
                Invariant.A5,
                """
                select s.account_id, s.mailbox_id
                from mailbox_snapshot s
                left join mailbox_state m
                    on m.account_id = s.account_id and m.mailbox_id = s.mailbox_id
                left join account_state a on a.account_id = s.account_id
                where m.mailbox_id is null or a.modseq is null or s.modseq > a.modseq
                """,
                "the packed view of mailbox %d/%d is of a later MODSEQ, or of no mailbox");
        look(
                Invariant.A5,
                """
                select distinct p.account_id, p.mailbox_id
                from mailbox_page p
                left join mailbox m on m.account_id = p.account_id and m.mailbox_id = p.mailbox_id
                where m.live_name is null
                """,
                "mailbox %d/%d has pages and is not there");
    }

    /// Blobs that the store has looked at since they came, and that nobody names.
    private void blobs() throws SQLException {
        look(
                Invariant.B6,
                """
                select c.blob_id, count(*)
                from body_chunk c
                join store_info i on i.k = 'blobs_checked'
                where c.blob_id <= cast(i.v as bigint)
                    and not exists (
                        select 1 from body b where b.pack_id = 0 and b.pack_off = c.blob_id)
                    and not exists (
                        select 1 from body_text t where t.pack_id = 0 and t.pack_off = c.blob_id)
                    and not exists (
                        select 1 from gc_task g where g.pack_id = 0 and g.pack_off = c.blob_id)
                group by c.blob_id
                """,
                "nobody names blob %d of %d chunks, and nothing takes it away");
    }

    private record Pack(long number, int state, long octets, long notes, long dead) {}

    private void packs(SegmentBodies segments) throws SQLException {
        var packs =
                session.query(
                        """
                        select pack_id, state, bytes, note_bytes, dead_bytes
                        from pack
                        order by pack_id
                        """,
                        row ->
                                new Pack(
                                        row.getLong(1),
                                        row.getInt(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5)));
        for (var pack : packs) {
            long live = SegmentCare.live(session, pack.number());
            boolean empty = pack.state() == SegmentCare.EMPTY;
            long file = segments.octets(pack.number());
            long dead = pack.octets() - (empty ? 0 : pack.notes()) - live;
            // What was written last and not forced, and that nobody names, may have gone since.
            if (file > pack.octets() || dead != pack.dead()) {
                findings.add(
                        Invariant.B7,
                        Place.STORE.object("segment " + pack.number()),
                        "counts %d octets, %d of them dead; its file has %d, and %d are dead"
                                .formatted(pack.octets(), pack.dead(), file, dead));
            }
        }
    }

    private void look(Invariant rule, String sql, String what) throws SQLException {
        session.forEach(
                sql,
                row ->
                        findings.add(
                                rule, Place.STORE, what.formatted(row.getLong(1), row.getLong(2))));
    }
}
