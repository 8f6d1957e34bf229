package org.postrider.storage.jdbc.check;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.view.Chunk;
import org.postrider.storage.jdbc.view.PageCodec;

/// Compares the packed views of an account, page by page, with what log and rows say of their
/// messages: those that a page should have, and what it says of them.
final class PageCheck {

    /// Pages that are read together, about 1 MB.
    private static final int AT_ONCE = 64;

    /// @param pages with their first and last UID, in the order of these
    private record Packed(long modSeq, List<Span> pages) {}

    private record Span(int page, long first, long last) {}

    private record Row(int mailbox, long modSeq, int total, byte[] pages) {}

    private final Session session;
    private final Findings findings;
    private final int account;
    private final Map<Integer, Packed> packed = new HashMap<>();

    PageCheck(Session session, Findings findings, int account) {
        this.session = session;
        this.findings = findings;
        this.account = account;
    }

    /// Reads all pages once: whether they are whole, in order, and complete.
    void read(Map<Integer, CheckedBox> boxes) throws SQLException {
        var rows =
                session.query(
                        """
                        select mailbox_id, modseq, total, pages
                        from mailbox_snapshot
                        where account_id = ?
                        """,
                        row ->
                                new Row(
                                        row.getInt(1),
                                        row.getLong(2),
                                        row.getInt(3),
                                        row.getBytes(4)),
                        account);
        for (var row : rows) {
            var box = boxes.get(row.mailbox());
            if (box != null) {
                var why = read(row);
                why.ifPresent(what -> findings.add(Invariant.A5, box.place, what));
            }
        }
    }

    /// @return what is wrong
    private Optional<String> read(Row row) throws SQLException {
        int[] pages;
        try {
            pages = PageCodec.decodeList(row.pages());
        } catch (RuntimeException e) {
            return Optional.of("the list of the pages of its packed view cannot be read: " + e);
        }
        var spans = new ArrayList<Span>();
        long lastUid = 0;
        int total = 0;
        for (int from = 0; from < pages.length; from += AT_ONCE) {
            var numbers = new ArrayList<Integer>();
            for (int i = from; i < Math.min(pages.length, from + AT_ONCE); i++) {
                numbers.add(pages[i]);
            }
            var chunks = chunks(row.mailbox(), numbers);
            for (int page : numbers) {
                var chunk = chunks.get(page);
                if (chunk == null || chunk.count == 0) {
                    return Optional.of(
                            "page %d of its packed view is missing or damaged".formatted(page));
                }
                if (chunk.firstUid() <= lastUid) {
                    return Optional.of(
                            "page %d of its packed view is not in order".formatted(page));
                }
                spans.add(new Span(page, chunk.firstUid(), chunk.lastUid()));
                lastUid = chunk.lastUid();
                total += chunk.count;
            }
        }
        packed.put(row.mailbox(), new Packed(row.modSeq(), spans));
        return total == row.total()
                ? Optional.empty()
                : Optional.of(
                        "its packed view has %d messages, its pages %d"
                                .formatted(row.total(), total));
    }

    private Map<Integer, Chunk> chunks(int mailbox, List<Integer> pages) throws SQLException {
        var chunks = new HashMap<Integer, Chunk>();
        session.forEach(
                """
                select page, data
                from mailbox_page
                where account_id = ? and mailbox_id = ? and page = any(?)
                """,
                row -> {
                    int page = row.getInt(1);
                    PageCodec.decode(row.getBytes(2)).ifPresent(chunk -> chunks.put(page, chunk));
                },
                account,
                mailbox,
                session.array("int", pages.toArray()));
        return chunks;
    }

    /// Compares what is in the window, after it was finished.
    void compare(FoldWindow window) throws SQLException {
        for (int mailbox : window.blocks().keySet()) {
            var view = packed.get(mailbox);
            if (view != null) {
                compare(window, mailbox, view);
            }
        }
    }

    private void compare(FoldWindow window, int mailbox, Packed view) throws SQLException {
        var seen = new HashSet<Long>();
        var waiting = new ArrayList<Integer>();
        for (var span : view.pages()) {
            if (window.meets(mailbox, span.first(), span.last())) {
                waiting.add(span.page());
            }
            if (waiting.size() == AT_ONCE) {
                look(window, mailbox, view, waiting, seen);
                waiting.clear();
            }
        }
        look(window, mailbox, view, waiting, seen);
        for (long uid : window.unchangedSince(mailbox, view.modSeq())) {
            if (!seen.contains(uid)) {
                bad(window, mailbox, uid, "is not in the packed view of MODSEQ %d", view);
            }
        }
    }

    private void look(
            FoldWindow window, int mailbox, Packed view, List<Integer> pages, Set<Long> seen)
            throws SQLException {
        for (var chunk : chunks(mailbox, pages).values()) {
            for (int at = 0; at < chunk.count; at++) {
                long uid = chunk.uid(at);
                if (window.meets(mailbox, uid, uid)) {
                    seen.add(uid);
                    if (!window.wasPacked(mailbox, view.modSeq(), chunk, at)) {
                        bad(
                                window,
                                mailbox,
                                uid,
                                "is otherwise in the packed view of MODSEQ %d",
                                view);
                    }
                }
            }
        }
    }

    private void bad(FoldWindow window, int mailbox, long uid, String what, Packed view) {
        findings.add(
                Invariant.A5,
                window.box(mailbox).place.message(uid),
                what.formatted(view.modSeq()));
    }
}
