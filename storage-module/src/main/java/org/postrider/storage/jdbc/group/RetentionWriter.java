package org.postrider.storage.jdbc.group;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.Session;

/// Writes what a group takes away for good. It comes after all other rows of the group: a message
/// that is brought back is copied from rows that may go here.
final class RetentionWriter {

    /// How long octets stay after the last row that names them: who has read the row may still be
    /// reading them.
    private static final Duration READING = Duration.ofHours(1);

    /// The tables that say something of one mailbox and hold none of its messages.
    private static final List<String> MAILBOX_TABLES =
            List.of(
                    "mailbox_page",
                    "mailbox_snapshot",
                    "keyword_set",
                    "mailbox_keyword",
                    "mailbox_state",
                    "mailbox");

    private final Session session;
    private final Batch batch;
    private final GroupPlan plan;
    private final RetentionRows rows;
    private final Duration undelete;

    RetentionWriter(Session session, Batch batch, GroupPlan plan, Duration undelete) {
        this.session = session;
        this.batch = batch;
        this.plan = plan;
        this.rows = plan.rows().retention;
        this.undelete = undelete;
    }

    void write() throws SQLException {
        reaped();
        broughtBack();
        purged();
        for (var cut : rows.cuts.values()) {
            cut(cut);
        }
        for (var sets : rows.forgottenSets.entrySet()) {
            session.update(
                    """
                    delete from keyword_set
                    where account_id = ? and mailbox_id = ? and set_id = any(?)
                    """,
                    sets.getKey().account(),
                    sets.getKey().mailbox(),
                    session.array("int", sets.getValue().toArray()));
        }
    }

    private void reaped() throws SQLException {
        batch.run(
                """
                insert into expunged (account_id, mailbox_id, uid, modseq, flags, size, idate,
                    expunged_at, purge_at, origin)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows.reaped,
                (s, r) -> {
                    key(s, r.key());
                    s.setLong(4, r.modSeq());
                    s.setLong(5, r.row().flags());
                    s.setInt(6, r.row().size());
                    s.setLong(7, r.row().date());
                    s.setLong(8, r.at());
                    s.setLong(9, r.at() + undelete.toMillis());
                    s.setInt(10, Change.Origin.MAILBOX.number);
                });
        batch.runOnOne(
                "delete from message where account_id = ? and mailbox_id = ? and uid = ?",
                rows.reaped,
                (s, r) -> key(s, r.key()));
        countReaped();
    }

    /// What was in the mailboxes is not in them any more.
    private void countReaped() throws SQLException {
        var counts = new LinkedHashMap<GroupRows.BoxKey, MailboxState.Count>();
        for (var each : rows.reaped) {
            var box = new GroupRows.BoxKey(each.key().account(), each.key().mailbox());
            counts.computeIfAbsent(box, _ -> new MailboxState.Count())
                    .minus(each.row().flags(), each.row().size());
        }
        batch.runOnOne(
                """
                update mailbox_state
                set total = total + ?, unseen = unseen + ?, deleted = deleted + ?,
                    bytes = bytes + ?
                where account_id = ? and mailbox_id = ?
                """,
                counts.entrySet(),
                (s, c) -> {
                    s.setInt(1, c.getValue().messages);
                    s.setInt(2, c.getValue().unseen);
                    s.setInt(3, c.getValue().deleted);
                    s.setLong(4, c.getValue().octets);
                    s.setInt(5, c.getKey().account());
                    s.setInt(6, c.getKey().mailbox());
                });
    }

    /// As with a message that was moved: it lives elsewhere now, and is not brought back again.
    private void broughtBack() throws SQLException {
        batch.runOnOne(
                """
                update expunged
                set origin = 3
                where account_id = ? and mailbox_id = ? and uid = ?
                """,
                rows.broughtBack,
                RetentionWriter::key);
    }

    private void purged() throws SQLException {
        for (var table : List.of("expunged", "message_meta")) {
            batch.runOnOne(
                    "delete from " + table + " where account_id = ? and mailbox_id = ? and uid = ?",
                    rows.purged.keySet(),
                    RetentionWriter::key);
        }
        var bodies = new LinkedHashMap<Integer, Set<Long>>();
        for (var body : rows.purged.values()) {
            bodies.computeIfAbsent(body.account(), _ -> new LinkedHashSet<>()).add(body.id());
        }
        for (var account : bodies.entrySet()) {
            bodies(account.getKey(), account.getValue());
        }
    }

    /// Octets that nobody names any more.
    private record Dead(GroupRows.BodyKey body, BodyPlace place) {}

    private void bodies(int account, Collection<Long> candidates) throws SQLException {
        var dead = dead("and b.refs = 0", "body", account, candidates);
        var ids = dead.stream().map(each -> each.body().id()).toList();
        var texts = dead("", "body_text", account, ids);
        batch.runOnOne(
                "delete from body_text where account_id = ? and body_id = ?",
                texts,
                (s, each) -> key(s, each.body()));
        batch.runOnOne(
                "delete from body where account_id = ? and body_id = ?",
                dead,
                (s, each) -> key(s, each.body()));
        var all = new ArrayList<BodyPlace>();
        dead.forEach(each -> all.add(each.place()));
        texts.forEach(each -> all.add(each.place()));
        collect(batch, plan, all);
    }

    /// Has octets collected, once nobody can be reading them any more.
    static void collect(Batch batch, GroupPlan plan, List<BodyPlace> all) throws SQLException {
        batch.run(
                """
                insert into gc_task (task_id, not_before, pack_id, pack_off, pack_len)
                values (?, ?, ?, ?, ?)
                """,
                all.stream().filter(place -> place.stored() > 0).toList(),
                (s, each) -> {
                    s.setLong(1, plan.newBodyId());
                    s.setLong(2, plan.now() + READING.toMillis());
                    s.setLong(3, each.pack());
                    s.setLong(4, each.offset());
                    s.setInt(5, each.stored());
                });
    }

    private List<Dead> dead(String also, String table, int account, Collection<Long> ids)
            throws SQLException {
        return session.query(
                """
                select b.body_id, b.pack_id, b.pack_off, b.pack_len, b.codec, b.size
                from unnest(?) as k(body_id)
                join %s b on b.account_id = ? and b.body_id = k.body_id
                %s
                """
                        .formatted(table, also),
                row ->
                        new Dead(
                                new GroupRows.BodyKey(account, row.getLong(1)),
                                new BodyPlace(
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getInt(4),
                                        BodyCodec.of(row.getInt(5)),
                                        Math.max(0, row.getInt(6)))),
                session.array("bigint", ids.toArray()),
                account);
    }

    private void cut(RetentionRows.LogCut cut) throws SQLException {
        session.update(
                "delete from change_log where account_id = ? and modseq <= ?",
                cut.account(),
                cut.floor());
        batch.runOnOne(
                "update account_state set log_floor = ? where account_id = ?",
                List.of(cut),
                (s, each) -> {
                    s.setLong(1, each.floor());
                    s.setInt(2, each.account());
                });
        batch.run(
                """
                update mailbox_state
                set expunge_floor = ?
                where account_id = ? and mailbox_id = ? and expunge_floor < ?
                """,
                cut.expunges().entrySet(),
                (s, each) -> {
                    s.setLong(1, each.getValue());
                    s.setInt(2, cut.account());
                    s.setInt(3, each.getKey());
                    s.setLong(4, each.getValue());
                });
        for (var table : MAILBOX_TABLES) {
            batch.run(
                    "delete from " + table + " where account_id = ? and mailbox_id = ?",
                    cut.mailboxes(),
                    (s, mailbox) -> {
                        s.setInt(1, cut.account());
                        s.setInt(2, mailbox);
                    });
        }
    }

    private static void key(PreparedStatement s, MessageKey key) throws SQLException {
        s.setInt(1, key.account());
        s.setInt(2, key.mailbox());
        s.setLong(3, key.uid());
    }

    private static void key(PreparedStatement s, GroupRows.BodyKey key) throws SQLException {
        s.setInt(1, key.account());
        s.setLong(2, key.id());
    }
}
