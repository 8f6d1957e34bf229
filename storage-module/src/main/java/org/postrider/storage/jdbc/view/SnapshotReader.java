package org.postrider.storage.jdbc.view;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.database.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a view from the pages of its mailbox and from what the log has after them, whatever the
/// rows of messages show. Where that is not possible, or not worth it, the rows are read.
final class SnapshotReader {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

    /// Records of the log behind the pages that are read at most, unless there are more messages.
    private static final int MOST_RECORDS = 20_000;

    private final Session session;

    SnapshotReader(Session session) {
        this.session = session;
    }

    private record Header(long modSeq, int total, int[] pages, long logFloor) {}

    /// The view of a mailbox, if its pages tell it.
    ///
    /// @param state the figures of the mailbox at the moment that the session sees
    Optional<ChunkedView> view(MailboxState state) throws SQLException {
        var header = header(state);
        if (header.isEmpty() || !isWorthIt(header.get(), state)) {
            return Optional.empty();
        }
        var packed = unpacked(state, header.get());
        if (packed.isEmpty()) {
            LOG.warn("pages of {} are damaged, its rows are read", state);
            return Optional.empty();
        }
        var view = packed.get();
        if (header.get().modSeq() < state.highestModSeq()) {
            for (var logged : changesAfter(state, header.get().modSeq())) {
                view = ViewFold.fold(view, logged.change(), logged.modSeq());
            }
        }
        if (view.size() != state.total()) {
            LOG.error(
                    "pages and log of {} have {} messages instead of {}, its rows are read",
                    state,
                    view.size(),
                    state.total());
            return Optional.empty();
        }
        return Optional.of(view.at(state));
    }

    private Optional<Header> header(MailboxState state) throws SQLException {
        return session.queryOne(
                """
                select s.modseq, s.total, s.pages, a.log_floor
                from mailbox_snapshot s
                join account_state a on a.account_id = s.account_id
                where s.account_id = ? and s.mailbox_id = ?
                """,
                row ->
                        new Header(
                                row.getLong(1),
                                row.getInt(2),
                                PageCodec.decodeList(row.getBytes(3)),
                                row.getLong(4)),
                state.account(),
                state.number());
    }

    private static boolean isWorthIt(Header header, MailboxState state) {
        long behind = state.highestModSeq() - header.modSeq();
        return behind <= 0
                || (header.logFloor() <= header.modSeq()
                        && behind <= Math.max(MOST_RECORDS, state.total()));
    }

    private Optional<ChunkedView> unpacked(MailboxState state, Header header) throws SQLException {
        var found = new HashMap<Integer, Chunk>();
        session.forEach(
                """
                select page, data
                from mailbox_page
                where account_id = ? and mailbox_id = ?
                """,
                row -> {
                    int page = row.getInt(1);
                    PageCodec.decode(row.getBytes(2)).ifPresent(chunk -> found.put(page, chunk));
                },
                state.account(),
                state.number());
        var chunks = new ArrayList<Chunk>(header.pages().length);
        var pages = new HashMap<Long, Integer>();
        long lastUid = 0;
        for (int page : header.pages()) {
            var chunk = found.get(page);
            if (chunk == null || chunk.firstUid() <= lastUid) {
                return Optional.empty();
            }
            lastUid = chunk.lastUid();
            chunks.add(chunk);
            pages.put(chunk.stamp, page);
        }
        var view = ChunkedView.empty(state).filled(chunks);
        view.pages().packed(new PageMap.Packed(header.modSeq(), Map.copyOf(pages)));
        return view.size() == header.total() ? Optional.of(view) : Optional.empty();
    }

    private record Noted(long modSeq, Change change) {}

    private List<Noted> changesAfter(MailboxState state, long modSeq) throws SQLException {
        return session.query(
                """
                select modseq, mailbox_id, kind, data
                from change_log
                where account_id = ? and modseq > ? and modseq <= ? and mailbox_id = ?
                order by modseq, seq
                """,
                row ->
                        new Noted(
                                row.getLong(1),
                                ChangeLogCodec.decode(
                                        row.getInt(3), row.getInt(2), row.getBytes(4))),
                state.account(),
                modSeq,
                state.highestModSeq(),
                state.number());
    }
}
