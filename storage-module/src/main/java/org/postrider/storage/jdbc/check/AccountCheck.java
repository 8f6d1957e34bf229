package org.postrider.storage.jdbc.check;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.LogReading;
import org.postrider.storage.jdbc.check.CheckReading.Block;
import org.postrider.storage.jdbc.check.CheckReading.UidSpan;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.view.ChunkedView;

/// Checks one account, as it is at one moment: the caller's transaction sees no change.
final class AccountCheck {

    /// Blocks whose rows are read together.
    private static final int BLOCKS_AT_ONCE = 8;

    /// Rows of `message_meta` that are read together where only their bodies matter.
    private static final int PAGE = 8_192;

    /// What the row of `account_state` says.
    private record Row(
            long modSeq,
            int nextMailbox,
            long nextUidValidity,
            long usedOctets,
            long usedMessages,
            Change.QuotaSet quota,
            long logFloor) {}

    private final Session session;
    private final CheckReading reading;
    private final LogReading log;
    private final BodyStore bodies;
    private final Findings findings;
    private final int account;
    private final Place place;
    private final boolean lives;
    private final BodyCheck bodyCheck;
    private final PageCheck pageCheck;

    /// @param lives whether the account was not deleted
    AccountCheck(
            Session session,
            BodyStore bodies,
            Findings findings,
            int account,
            Place place,
            boolean lives) {
        this.session = session;
        this.reading = new CheckReading(session);
        this.log = new LogReading(session);
        this.bodies = bodies;
        this.findings = findings;
        this.account = account;
        this.place = place;
        this.lives = lives;
        this.bodyCheck = new BodyCheck(session, bodies, findings, account, place);
        this.pageCheck = new PageCheck(session, findings, account);
    }

    /// @param views the account's views in memory
    /// @param deep whether the octets are read too
    void run(Map<Integer, ChunkedView> views, boolean deep) throws SQLException, IOException {
        findings.accounts++;
        var row = row();
        var boxes = reading.boxes(account, place);
        findings.mailboxes += boxes.size();
        mailboxes(row, boxes);
        log(row, boxes);
        pageCheck.read(boxes);
        var blocks = blocks(boxes);
        bodyCheck.next();
        messages(row, boxes, blocks, views);
        bodyCheck.settle();
        while (bodyCheck.next()) {
            for (var box : boxes.values()) {
                metas(box);
            }
            bodyCheck.settle();
        }
        figures(row, boxes);
        new TextCheck(session, bodies, findings, account, place).run();
        if (deep) {
            var octets = new DeepCheck(session, bodies, findings, bodyCheck.damaged());
            for (var box : boxes.values()) {
                octets.mailbox(account, box);
            }
        }
    }

    /// The bodies that were not as their rows said.
    List<BodyCheck.Damaged> damaged() {
        return bodyCheck.damaged();
    }

    private Row row() throws SQLException {
        return session.queryOne(
                        """
                        select modseq, next_mailbox_id, next_uidvalidity, used_bytes, used_msgs,
                            log_floor, quota_bytes, quota_msgs
                        from account_state
                        where account_id = ?
                        """,
                        row ->
                                new Row(
                                        row.getLong(1),
                                        row.getInt(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        new Change.QuotaSet(row.getLong(7), row.getLong(8)),
                                        row.getLong(6)),
                        account)
                .orElseThrow(() -> new IllegalStateException("no row in account_state"));
    }

    private void mailboxes(Row row, Map<Integer, CheckedBox> boxes) {
        if (lives
                && boxes.values().stream()
                        .noneMatch(box -> box.row.live() && box.row.name().equals("INBOX"))) {
            findings.add(Invariant.M6, place, "has no INBOX");
        }
        for (var box : boxes.values()) {
            var is = box.row;
            if (is.number() >= row.nextMailbox()) {
                bad(
                        Invariant.M10,
                        box,
                        "has number %d, the next is %d",
                        is.number(),
                        row.nextMailbox());
            }
            if (is.uidValidity() >= row.nextUidValidity()) {
                bad(
                        Invariant.M2,
                        box,
                        "has UIDVALIDITY %d, the next is %d",
                        is.uidValidity(),
                        row.nextUidValidity());
            }
            if (is.highestModSeq() > row.modSeq()) {
                bad(
                        Invariant.M3,
                        box,
                        "has MODSEQ %d, the account %d",
                        is.highestModSeq(),
                        row.modSeq());
            }
            if (is.applied().modSeq() > is.highestModSeq()) {
                bad(
                        Invariant.M5,
                        box,
                        "shows MODSEQ %d, its last is %d",
                        is.applied().modSeq(),
                        is.highestModSeq());
            }
            if (is.applied().modSeq() < row.logFloor() && box.isBehind()) {
                bad(
                        Invariant.M5,
                        box,
                        "shows MODSEQ %d, the log begins after %d",
                        is.applied().modSeq(),
                        row.logFloor());
            }
            if (is.expungeFloor() > row.logFloor()) {
                bad(
                        Invariant.M9,
                        box,
                        "forgot expunges up to %d, the log begins after %d",
                        is.expungeFloor(),
                        row.logFloor());
            }
            if (is.expungeFloor() > is.highestModSeq()) {
                bad(
                        Invariant.M9,
                        box,
                        "forgot expunges up to %d, its MODSEQ is %d",
                        is.expungeFloor(),
                        is.highestModSeq());
            }
        }
    }

    private void log(Row row, Map<Integer, CheckedBox> boxes) throws SQLException {
        var pass = new LogPass(findings, place, boxes, row.logFloor(), row.modSeq());
        log.read(account, 0, pass);
        var subscriptions =
                session.query(
                        "select name from subscription where account_id = ?",
                        each -> each.getString(1),
                        account);
        pass.finish(new HashSet<>(subscriptions), row.quota());
    }

    /// The blocks with messages, in the order of mailboxes and UIDs.
    private List<Block> blocks(Map<Integer, CheckedBox> boxes) throws SQLException {
        for (var table : List.of("message", "expunged", "message_meta")) {
            for (var block : reading.blocks(table, account)) {
                var box = boxes.get(block.mailbox());
                if (box == null) {
                    findings.add(
                            Invariant.M10,
                            place.object("mailbox number " + block.mailbox()),
                            "has rows in %s and none in mailbox".formatted(table));
                } else {
                    box.blocks.add(block.number());
                }
            }
        }
        var all = new ArrayList<Block>();
        new TreeMap<>(boxes)
                .forEach((number, box) ->
                        box.blocks.forEach(block -> all.add(new Block(number, block))));
        return all;
    }

    private void messages(
            Row row,
            Map<Integer, CheckedBox> boxes,
            List<Block> blocks,
            Map<Integer, ChunkedView> views)
            throws SQLException {
        int room = Math.min(blocks.size(), FoldWindow.BLOCKS);
        var window = new FoldWindow(findings, boxes, room, row.logFloor());
        for (var block : blocks) {
            if (window.isFull()) {
                look(window, boxes, views);
                window.clear();
            }
            window.add(block.mailbox(), block.number());
        }
        look(window, boxes, views);
    }

    /// Compares log and rows of what is in the window.
    private void look(
            FoldWindow window, Map<Integer, CheckedBox> boxes, Map<Integer, ChunkedView> views)
            throws SQLException {
        var behind =
                window.blocks().keySet().stream()
                        .map(window::box)
                        .filter(CheckedBox::isBehind)
                        .mapToLong(box -> box.row.applied().modSeq())
                        .min();
        log.read(account, 0, (at, change) -> fold(window, boxes, at, change, true));
        rows(
                window,
                (mailbox, span) -> {
                    for (var row : reading.messages("message", account, mailbox, span)) {
                        window.live(mailbox, row);
                    }
                    for (var row : reading.messages("expunged", account, mailbox, span)) {
                        window.gone(mailbox, row);
                    }
                });
        window.missing();
        if (behind.isPresent()) {
            log.read(
                    account,
                    behind.getAsLong(),
                    (at, change) -> fold(window, boxes, at, change, false));
        }
        rows(
                window,
                (mailbox, span) -> {
                    for (var meta : reading.metas(account, mailbox, span)) {
                        window.meta(mailbox, meta);
                        bodyCheck.named(meta.body(), window.box(mailbox).place.message(meta.uid()));
                    }
                });
        window.finish();
        pageCheck.compare(window);
        views.forEach((mailbox, view) -> {
            var box = boxes.get(mailbox);
            if (box != null && view.highestModSeq().value() == box.row.highestModSeq()) {
                window.compare(mailbox, view);
            }
        });
    }

    private static void fold(
            FoldWindow window,
            Map<Integer, CheckedBox> boxes,
            LogPosition at,
            Change change,
            boolean shown) {
        var box = boxes.get(change.mailbox());
        if (box != null && box.shows(at) == shown) {
            window.fold(at.modSeq(), change, shown);
        }
    }

    /// Looks at rows of some UIDs of a mailbox.
    @FunctionalInterface
    private interface Rows {
        void look(int mailbox, UidSpan span) throws SQLException;
    }

    private static void rows(FoldWindow window, Rows rows) throws SQLException {
        for (var mailbox : window.blocks().entrySet()) {
            long first = -1;
            long last = -1;
            for (long block : mailbox.getValue().keySet()) {
                boolean goesOn = block == last + 1 && block - first < BLOCKS_AT_ONCE;
                if (first >= 0 && !goesOn) {
                    rows.look(mailbox.getKey(), span(first, last));
                }
                first = first >= 0 && goesOn ? first : block;
                last = block;
            }
            rows.look(mailbox.getKey(), span(first, last));
        }
    }

    private static UidSpan span(long firstBlock, long lastBlock) {
        return new UidSpan(firstBlock * FoldWindow.BLOCK, (lastBlock + 1) * FoldWindow.BLOCK - 1);
    }

    /// Counts who names the bodies that are looked at now.
    private void metas(CheckedBox box) throws SQLException {
        long last = 0;
        int found;
        do {
            var page =
                    session.query(
                            """
                            select uid, body_id
                            from message_meta
                            where account_id = ? and mailbox_id = ? and uid > ?
                            order by uid
                            limit ?
                            """,
                            row -> new long[] {row.getLong(1), row.getLong(2)},
                            account,
                            box.row.number(),
                            last,
                            PAGE);
            for (var meta : page) {
                bodyCheck.named(meta[1], box.place.message(meta[0]));
                last = meta[0];
            }
            found = page.size();
        } while (found == PAGE);
    }

    private void figures(Row row, Map<Integer, CheckedBox> boxes) {
        long octets = 0;
        long messages = 0;
        for (var box : boxes.values()) {
            var figures = box.sum.figures();
            if (box.row.live()) {
                octets += box.row.figures().octets();
                messages += box.row.figures().total();
            }
            if (!figures.equals(box.row.figures())) {
                findings.add(
                        Invariant.M4,
                        box.place,
                        "counts %s; there are %s".formatted(box.row.figures(), figures));
            }
        }
        if (octets != row.usedOctets() || messages != row.usedMessages()) {
            findings.add(
                    Invariant.A1,
                    place,
                    "is charged for %d messages and %d octets; its mailboxes count %d and %d"
                            .formatted(row.usedMessages(), row.usedOctets(), messages, octets));
        }
    }

    private void bad(Invariant rule, CheckedBox box, String what, long first, long second) {
        findings.add(rule, box.place, what.formatted(first, second));
    }
}
