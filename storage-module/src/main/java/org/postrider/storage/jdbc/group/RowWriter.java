package org.postrider.storage.jdbc.group;

import java.sql.PreparedStatement;
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
import org.postrider.storage.jdbc.account.MessageKey;
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
        batch.run(
                "insert into domain (name, created_at) values (?, ?)",
                rows.domains,
                (s, name) -> bind(s, name, now));
        batch.run(
                """
                insert into account (account_id, address_key, address, password_hash, created_at)
                values (?, ?, ?, ?, ?)
                """,
                rows.accounts,
                (s, a) -> bind(s, a.id(), a.key(), a.address(), a.hash(), now));
        batch.run(
                "insert into account_state (account_id, next_uidvalidity) values (?, ?)",
                rows.accounts,
                (s, a) -> bind(s, a.id(), a.uidValidity()));
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
        batch.runOnOne(
                "update account set password_hash = ? where account_id = ?",
                rows.passwords,
                (s, p) -> bind(s, p.hash(), p.account()));
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
                                bind(
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
                (s, k) -> bind(s, k.mailbox().account(), k.mailbox().mailbox(), k.bit(), k.name()));
        batch.run(
                """
                insert into keyword_set (account_id, mailbox_id, set_id, keyword)
                values (?, ?, ?, ?)
                """,
                rows.keywordSets,
                (s, k) ->
                        bind(
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
                    (s, row) -> bind(s, row.account(), row.name()));
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
                        bind(
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
                (s, b) -> bind(s, b.account(), b.number(), modSeq, modSeq));
    }

    private void bodies() throws SQLException {
        var inDatabase =
                rows.staged().stream()
                        .filter(body -> body.inMemory() > 0 && placeOf(body).pack() == 0)
                        .toList();
        batch.run(
                "insert into body_chunk (blob_id, n, data) values (?, 0, ?)",
                inDatabase,
                (s, body) -> {
                    s.setLong(1, placeOf(body).offset());
                    s.setBytes(2, body.octets().orElseThrow());
                });
        batch.run(
                """
                insert into body (account_id, body_id, refs, size, hdr_len,
                    pack_id, pack_off, pack_len, codec, sha256, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows.bodies.values(),
                this::bindBody);
        var shared = new ArrayList<>(rows.bodyRefs.keySet());
        shared.removeAll(rows.bodies.keySet());
        batch.runOnOne(
                "update body set refs = refs + ? where account_id = ? and body_id = ?",
                shared,
                (s, key) -> bind(s, rows.bodyRefs.get(key), key.account(), key.id()));
    }

    private void bindBody(PreparedStatement s, GroupRows.NewBody body) throws SQLException {
        var place = placeOf(body.body());
        var key = new GroupRows.BodyKey(body.account(), body.id());
        bind(
                s,
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
        batch.run(
                """
                insert into message (account_id, mailbox_id, uid, modseq, flags, size, idate)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                rows.messages,
                (s, m) -> {
                    key(s, 1, m.key());
                    s.setLong(4, m.modSeq());
                    s.setLong(5, m.row().flags());
                    s.setInt(6, m.row().size());
                    s.setLong(7, m.row().date());
                });
        batch.run(
                """
                insert into message_meta (account_id, mailbox_id, uid, body_id, savedate, prefix,
                    meta, thread_id)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows.metas,
                (s, m) -> {
                    key(s, 1, m.key());
                    s.setLong(4, m.bodyId());
                    s.setLong(5, m.saved());
                    s.setBytes(6, m.trace());
                    s.setBytes(7, m.message().meta());
                    s.setLong(8, m.thread());
                });
        batch.runOnOne(
                "delete from thread_ref where account_id = ? and ref = ?",
                rows.retention.forgottenRefs,
                (s, t) -> bind(s, t.account(), t.ref()));
        batch.run(
                "insert into thread_ref (account_id, ref, thread_id) values (?, ?, ?)",
                rows.threads.entrySet(),
                (s, t) -> {
                    s.setInt(1, t.getKey().account());
                    s.setLong(2, t.getKey().ref());
                    s.setLong(3, t.getValue());
                });
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
        batch.runOnOne(
                """
                update message
                set flags = ?, modseq = ?
                where account_id = ? and mailbox_id = ? and uid = ?
                """,
                rows.flags.values(),
                (s, f) -> {
                    s.setLong(1, f.flags());
                    s.setLong(2, f.modSeq());
                    key(s, 3, f.key());
                });
    }

    private void gone() throws SQLException {
        batch.run(
                """
                insert into expunged (account_id, mailbox_id, uid, modseq, flags, size, idate,
                    expunged_at, purge_at, origin)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows.gone,
                (s, g) -> {
                    key(s, 1, g.key());
                    s.setLong(4, g.modSeq());
                    s.setLong(5, g.row().flags());
                    s.setInt(6, g.row().size());
                    s.setLong(7, g.row().date());
                    s.setLong(8, now);
                    s.setLong(9, now + undelete.toMillis());
                    s.setInt(10, g.origin().number);
                });
        batch.runOnOne(
                "delete from message where account_id = ? and mailbox_id = ? and uid = ?",
                rows.gone,
                (s, g) -> key(s, 1, g.key()));
    }

    private void log() throws SQLException {
        batch.run(
                """
                insert into change_log (account_id, modseq, seq, mailbox_id, kind, at, data)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                rows.log,
                (s, each) -> {
                    var logged = each.change();
                    s.setInt(1, each.account());
                    s.setLong(2, logged.modSeq());
                    s.setInt(3, logged.position().seq());
                    s.setInt(4, logged.mailbox());
                    s.setInt(5, ChangeLogCodec.kind(logged.change()));
                    s.setLong(6, logged.at());
                    s.setBytes(7, ChangeLogCodec.encode(logged.change()));
                });
    }

    private void states(Collection<AccountLedger> accounts) throws SQLException {
        var changed = accounts.stream().filter(AccountLedger::changed).toList();
        batch.runOnOne(
                """
                update mailbox_state
                set uidnext = ?, highest_modseq = ?, applied_modseq = ?, applied_seq = ?,
                    total = ?, unseen = ?, deleted = ?, bytes = ?
                where account_id = ? and mailbox_id = ?
                """,
                changed.stream().flatMap(RowWriter::figures).toList(),
                (s, f) -> {
                    var b = f.state();
                    bind(
                            s,
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
                        bind(
                                s,
                                r.getValue(),
                                r.getKey().account(),
                                r.getKey().mailbox(),
                                r.getValue()));
        batch.runOnOne(
                """
                update account_state
                set version = ?, modseq = ?, next_mailbox_id = ?, next_uidvalidity = ?,
                    used_bytes = ?, used_msgs = ?, quota_bytes = ?, quota_msgs = ?
                where account_id = ?
                """,
                changed.stream().map(AccountLedger::after).toList(),
                (s, a) ->
                        bind(
                                s,
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

    private static void key(PreparedStatement s, int from, MessageKey key) throws SQLException {
        s.setInt(from, key.account());
        s.setInt(from + 1, key.mailbox());
        s.setLong(from + 2, key.uid());
    }

    private static void bind(
            PreparedStatement s, @org.jspecify.annotations.Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
    }
}
