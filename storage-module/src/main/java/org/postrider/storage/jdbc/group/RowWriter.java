package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.Session;

/// Writes the rows of a group, table after table in one order.
public final class RowWriter {

    private final GroupPlan plan;
    private final Session session;
    private final Batch batch;
    private final GroupRows rows;
    private final Duration undelete;
    private final long now;

    public RowWriter(Session session, GroupPlan plan, Duration undelete) {
        this.plan = plan;
        this.session = session;
        this.batch = new Batch(session);
        this.rows = plan.rows();
        this.undelete = undelete;
        this.now = plan.now();
    }

    public void write(Collection<AccountLedger> accounts) throws SQLException {
        directory();
        mailboxes();
        new BacklogWriter(session, undelete).write(rows.applied);
        bodies();
        messages();
        flags();
        gone();
        log();
        rows.pages.write(session, deletedBoxes());
        states(accounts);
        new TextWriter(batch, plan).write();
        new RetentionWriter(session, batch, plan, undelete).write();
        for (var chore : rows.chores) {
            chore.write(session);
        }
    }

    private List<GroupRows.BoxKey> deletedBoxes() {
        return rows.mailboxes.stream()
                .filter(GroupRows.NamedBox::deleted)
                .map(GroupRows.NamedBox::state)
                .map(box -> new GroupRows.BoxKey(box.account(), box.number()))
                .toList();
    }

    private void directory() throws SQLException {
        plan.directory().write(batch);
        batch.run(
                "insert into account_state (account_id, next_uidvalidity) values (?, ?)",
                rows.accounts,
                (s, a) -> Session.bind(s, a.id(), a.uidValidity()));
        if (!rows.accounts.isEmpty()) {
            batch.runOnOne(
                    "update store_info set v = ? where k = 'next_account_id'",
                    List.of(rows.accounts.getLast().id() + 1),
                    (s, next) -> s.setString(1, String.valueOf(next)));
        }
        for (var fact : rows.facts.entrySet()) {
            if (session.update(
                            "update store_info set v = ? where k = ?",
                            fact.getValue(),
                            fact.getKey())
                    == 0) {
                session.update(
                        "insert into store_info (k, v) values (?, ?)",
                        fact.getKey(),
                        fact.getValue());
            }
        }
    }

    private void mailboxes() throws SQLException {
        for (var box : rows.mailboxes) {
            var state = box.state();
            if (box.created()) {
                created(state, box.modSeq());
            } else {
                var live = box.deleted() ? null : state.name();
                batch.runOnOne(
                        """
                        update mailbox
                        set name = ?, live_name = ?, special_use = ?, name_modseq = ?,
                            deleted_modseq = ?
                        where account_id = ? and mailbox_id = ?
                        """,
                        List.of(box),
                        (s, b) ->
                                Session.bind(
                                        s,
                                        state.name(),
                                        live,
                                        ColumnCodes.number(state.specialUse()),
                                        b.modSeq(),
                                        b.deleted() ? b.modSeq() : null,
                                        state.account(),
                                        state.number()));
            }
        }
        batch.run(
                "insert into mailbox_keyword (account_id, mailbox_id, bit, name) values (?, ?, ?, ?)",
                rows.keywords,
                (s, k) ->
                        Session.bind(
                                s,
                                k.mailbox().account(),
                                k.mailbox().mailbox(),
                                k.bit(),
                                k.name()));
        batch.run(
                """
                insert into keyword_set (account_id, mailbox_id, set_id, keyword)
                values (?, ?, ?, ?)
                """,
                rows.keywordSets,
                (s, k) ->
                        Session.bind(
                                s,
                                k.mailbox().account(),
                                k.mailbox().mailbox(),
                                k.set(),
                                k.keyword()));
        for (var each : rows.subscriptions) {
            batch.runOnOne(
                    each.subscribed()
                            ? "insert into subscription (account_id, name) values (?, ?)"
                            : "delete from subscription where account_id = ? and name = ?",
                    List.of(each),
                    (s, row) -> Session.bind(s, row.account(), row.name()));
        }
    }

    private void created(MailboxState box, long modSeq) throws SQLException {
        batch.run(
                """
                insert into mailbox (account_id, mailbox_id, name, live_name, uidvalidity,
                    special_use, created_modseq, name_modseq)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                List.of(box),
                (s, b) ->
                        Session.bind(
                                s,
                                b.account(),
                                b.number(),
                                b.name(),
                                b.name(),
                                b.uidValidity(),
                                ColumnCodes.number(b.specialUse()),
                                modSeq,
                                modSeq));
        batch.run(
                """
                insert into mailbox_state (account_id, mailbox_id, highest_modseq, applied_modseq)
                values (?, ?, ?, ?)
                """,
                List.of(box),
                (s, b) -> Session.bind(s, b.account(), b.number(), modSeq, modSeq));
    }

    private void bodies() throws SQLException {
        var inDatabase =
                rows.staged().stream()
                        .filter(body -> body.inMemory() > 0 && placeOf(body).pack() == 0)
                        .toList();
        batch.write(
                RowStatements.CHUNKS,
                inDatabase,
                body -> values(placeOf(body).offset(), 0, body.octets().orElseThrow()));
        batch.write(RowStatements.BODIES, rows.bodies.values(), this::body);
        var shared = new ArrayList<>(rows.bodyRefs.keySet());
        shared.removeAll(rows.bodies.keySet());
        batch.runOnOne(
                "update body set refs = refs + ? where account_id = ? and body_id = ?",
                shared,
                (s, key) -> Session.bind(s, rows.bodyRefs.get(key), key.account(), key.id()));
    }

    private Object[] body(GroupRows.NewBody body) {
        var place = placeOf(body.body());
        var key = new GroupRows.BodyKey(body.account(), body.id());
        return values(
                body.account(),
                body.id(),
                rows.bodyRefs.getOrDefault(key, 0),
                place.size(),
                body.headerOctets(),
                place.pack(),
                place.offset(),
                place.stored(),
                place.codec().number(),
                body.body().digest(),
                body.at());
    }

    private static BodyPlace placeOf(StagedBody body) {
        return body.place().orElseThrow(() -> new IllegalStateException("a body without a place"));
    }

    private void messages() throws SQLException {
        batch.write(
                RowStatements.MESSAGES,
                rows.messages,
                m ->
                        values(
                                m.key().account(),
                                m.key().mailbox(),
                                m.key().uid(),
                                m.modSeq(),
                                m.row().flags(),
                                m.row().size(),
                                m.row().date()));
        batch.write(
                RowStatements.METAS,
                rows.metas,
                m ->
                        values(
                                m.key().account(),
                                m.key().mailbox(),
                                m.key().uid(),
                                m.bodyId(),
                                m.saved(),
                                m.trace(),
                                m.message().meta(),
                                m.thread()));
        batch.runOnOne(
                "delete from thread_ref where account_id = ? and ref = ?",
                rows.retention.forgottenRefs,
                (s, t) -> Session.bind(s, t.account(), t.ref()));
        batch.write(
                RowStatements.THREADS,
                rows.threads.entrySet(),
                t -> values(t.getKey().account(), t.getKey().ref(), t.getValue()));
        batch.run(
                """
                update message_meta
                set meta = ?, thread_id = case when thread_id = 0 then ? else thread_id end
                where account_id = ? and mailbox_id = ? and uid = ?
                """,
                rows.renewed,
                (s, r) -> {
                    s.setBytes(1, r.meta().meta());
                    s.setLong(2, r.thread());
                    s.setInt(3, r.meta().mailbox().account().value());
                    s.setInt(4, r.meta().mailbox().number());
                    s.setLong(5, r.meta().uid());
                });
        for (var copies : rows.metaCopies.entrySet()) {
            copyMetas(copies.getKey(), copies.getValue());
        }
    }

    private void copyMetas(GroupRows.CopyRun run, List<GroupRows.MetaCopy> copies)
            throws SQLException {
        int count =
                session.update(
                        """
                        insert into message_meta (account_id, mailbox_id, uid, body_id, savedate,
                            prefix, meta, thread_id)
                        select m.account_id, cast(? as int), k.target, m.body_id,
                            cast(? as bigint), m.prefix, m.meta, m.thread_id
                        from unnest(?, ?) as k(source, target)
                        join message_meta m
                            on m.account_id = ? and m.mailbox_id = ? and m.uid = k.source
                        """,
                        run.to(),
                        now,
                        session.array(
                                "bigint",
                                copies.stream().map(GroupRows.MetaCopy::source).toArray()),
                        session.array(
                                "bigint",
                                copies.stream().map(GroupRows.MetaCopy::target).toArray()),
                        run.account(),
                        run.from());
        if (count != copies.size()) {
            throw new IllegalStateException("copied " + count + " rows of " + copies.size());
        }
    }

    private void flags() throws SQLException {
        batch.write(
                RowStatements.FLAGS,
                rows.flags.values(),
                f ->
                        values(
                                f.flags(),
                                f.modSeq(),
                                f.key().account(),
                                f.key().mailbox(),
                                f.key().uid()));
    }

    private void gone() throws SQLException {
        batch.write(
                RowStatements.EXPUNGED,
                rows.gone,
                g ->
                        values(
                                g.key().account(),
                                g.key().mailbox(),
                                g.key().uid(),
                                g.modSeq(),
                                g.row().flags(),
                                g.row().size(),
                                g.row().date(),
                                now,
                                now + undelete.toMillis(),
                                g.origin().number));
        batch.write(
                RowStatements.NO_MESSAGES,
                rows.gone,
                g -> values(g.key().account(), g.key().mailbox(), g.key().uid()));
    }

    private void log() throws SQLException {
        batch.write(
                RowStatements.LOG,
                rows.log,
                each -> {
                    var logged = each.change();
                    return values(
                            each.account(),
                            logged.modSeq(),
                            logged.position().seq(),
                            logged.mailbox(),
                            ChangeLogCodec.kind(logged.change()),
                            logged.at(),
                            ChangeLogCodec.encode(logged.change()));
                });
    }

    private void states(Collection<AccountLedger> accounts) throws SQLException {
        var changed = accounts.stream().filter(AccountLedger::changed).toList();
        batch.write(
                RowStatements.MAILBOXES,
                changed.stream().flatMap(RowWriter::figures).toList(),
                f -> {
                    var b = f.state();
                    return values(
                            b.uidNext(),
                            b.highestModSeq(),
                            f.applied().modSeq(),
                            f.applied().seq(),
                            b.total(),
                            b.unseen(),
                            b.deleted(),
                            b.octets(),
                            b.account(),
                            b.number());
                });
        for (var ledger : changed) {
            applied(ledger);
        }
        batch.run(
                """
                update mailbox_state
                set recent_uid = ?
                where account_id = ? and mailbox_id = ? and recent_uid < ?
                """,
                rows.recent.entrySet(),
                (s, r) ->
                        Session.bind(
                                s,
                                r.getValue(),
                                r.getKey().account(),
                                r.getKey().mailbox(),
                                r.getValue()));
        batch.write(
                RowStatements.ACCOUNTS,
                changed.stream().map(AccountLedger::after).toList(),
                a ->
                        values(
                                a.version(),
                                a.modSeq(),
                                a.nextMailbox(),
                                a.nextUidValidity(),
                                a.usedOctets(),
                                a.usedMessages(),
                                a.quotaOctets(),
                                a.quotaMessages(),
                                a.account()));
    }

    /// The row of a mailbox whose figures changed.
    private record Figures(MailboxState state, LogPosition applied) {}

    private static Stream<Figures> figures(AccountLedger ledger) {
        return ledger.touched().stream().map(state -> new Figures(state, ledger.applied(state)));
    }

    private void applied(AccountLedger ledger) throws SQLException {
        for (var each : ledger.onlyApplied().entrySet()) {
            int mailbox = each.getKey();
            var position = each.getValue();
            if (position.isPresent()) {
                session.update(
                        """
                        update mailbox_state
                        set applied_modseq = ?, applied_seq = ?
                        where account_id = ? and mailbox_id = ?
                        """,
                        position.get().modSeq(),
                        position.get().seq(),
                        ledger.account(),
                        mailbox);
            } else {
                session.update(
                        """
                        update mailbox_state
                        set applied_modseq = highest_modseq, applied_seq = ?
                        where account_id = ? and mailbox_id = ?
                        """,
                        LogPosition.ALL,
                        ledger.account(),
                        mailbox);
            }
        }
    }

    private static Object[] values(Object... values) {
        return values;
    }
}
