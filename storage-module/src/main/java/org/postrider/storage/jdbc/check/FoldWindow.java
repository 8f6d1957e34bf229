package org.postrider.storage.jdbc.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.check.CheckReading.MessageState;
import org.postrider.storage.jdbc.check.CheckReading.MetaRow;
import org.postrider.storage.jdbc.view.Chunk;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.mailbox.UidSet;

/// Messages of an account, as many as fit, as its log makes them, compared with their rows.
///
/// However many messages a mailbox has, this takes 8 MB: the log is read again for each window. Of
/// messages older than the log only what it says of them is known.
final class FoldWindow {

    /// UIDs in a block: mailboxes get room by blocks.
    static final int BLOCK = 1_024;

    /// Blocks in a window.
    static final int BLOCKS = 256;

    /// What is known of a message.
    private static final byte ADDED = 1;

    private static final byte FLAGS = 2;
    private static final byte GONE = 4;
    private static final byte LIVE_ROW = 8;
    private static final byte GONE_ROW = 16;

    /// Came by a copy that is not applied: what never changes may still be in its source's rows.
    private static final byte COPY = 32;

    private static final byte META_ROW = 64;

    /// Came by a record that the rows do not show yet: only its row in `message_meta` is there.
    private static final byte WAITS = -128;

    private static final int ROWS = LIVE_ROW | GONE_ROW;

    private final Findings findings;
    private final Map<Integer, CheckedBox> boxes;
    private final long floor;
    private final Map<Integer, NavigableMap<Long, Integer>> bases = new HashMap<>();

    private final byte[] known;
    private final long[] flags;
    private final long[] modSeqs;
    private final int[] sizes;
    private final long[] dates;
    private int blocks;

    /// @param blocks how many blocks there is room for
    /// @param floor records up to this MODSEQ are gone
    FoldWindow(Findings findings, Map<Integer, CheckedBox> boxes, int blocks, long floor) {
        this.findings = findings;
        this.boxes = boxes;
        this.floor = floor;
        int slots = blocks * BLOCK;
        this.known = new byte[slots];
        this.flags = new long[slots];
        this.modSeqs = new long[slots];
        this.sizes = new int[slots];
        this.dates = new long[slots];
    }

    static long block(long uid) {
        return uid / BLOCK;
    }

    void clear() {
        bases.clear();
        blocks = 0;
        Arrays.fill(known, (byte) 0);
    }

    boolean isFull() {
        return (blocks + 1) * BLOCK > known.length;
    }

    void add(int mailbox, long block) {
        bases.computeIfAbsent(mailbox, _ -> new TreeMap<>()).put(block, blocks++ * BLOCK);
    }

    /// The blocks of each mailbox in the window.
    Map<Integer, NavigableMap<Long, Integer>> blocks() {
        return bases;
    }

    /// Whether the window has room for any UID from one to another.
    boolean meets(int mailbox, long first, long last) {
        return !bases.getOrDefault(mailbox, new TreeMap<>())
                .subMap(block(first), true, block(last), true)
                .isEmpty();
    }

    // ---- the log

    /// Takes a record.
    ///
    /// @param shown whether the rows show it already
    void fold(long modSeq, Change change, boolean shown) {
        switch (change) {
            case Change.Added(int mailbox, var messages) ->
                    add(modSeq, mailbox, messages, shown ? 0 : WAITS);
            case Change.Copied copied ->
                    add(modSeq, copied.mailbox(), copied.messages(), shown ? 0 : WAITS | COPY);
            case Change.FlagsSet(int mailbox, var groups) ->
                    groups.forEach(group -> set(modSeq, mailbox, group));
            case Change.Expunged(int mailbox, _, var uids) -> expunge(modSeq, mailbox, uids);
            case Change.Named _,
                    Change.Subscribed _,
                    Change.KeywordMet _,
                    Change.KeywordSetsMet _,
                    Change.QuotaSet _ -> {}
        }
    }

    private void add(long modSeq, int mailbox, List<MessageRow> messages, int how) {
        for (var message : messages) {
            int slot = slot(mailbox, message.uid());
            if (slot >= 0) {
                known[slot] = (byte) (ADDED | FLAGS | how);
                flags[slot] = message.flags();
                sizes[slot] = message.size();
                dates[slot] = message.date();
                modSeqs[slot] = modSeq;
            }
        }
    }

    private void set(long modSeq, int mailbox, Change.Masked group) {
        forEach(
                mailbox,
                group.uids(),
                (uid, slot) -> {
                    mustBeLive(mailbox, uid, slot, modSeq);
                    known[slot] |= FLAGS;
                    flags[slot] = group.flags();
                    modSeqs[slot] = modSeq;
                });
    }

    private void expunge(long modSeq, int mailbox, UidSet uids) {
        forEach(
                mailbox,
                uids,
                (uid, slot) -> {
                    mustBeLive(mailbox, uid, slot, modSeq);
                    known[slot] |= GONE;
                    modSeqs[slot] = modSeq;
                });
    }

    private void mustBeLive(int mailbox, long uid, int slot, long modSeq) {
        if (has(slot, GONE)) {
            bad(Invariant.M5, mailbox, uid, "MODSEQ %d changes it after its expunge", modSeq);
        } else if (floor == 0 && !has(slot, ADDED)) {
            bad(Invariant.M5, mailbox, uid, "MODSEQ %d changes it, which never came", modSeq);
        }
    }

    // ---- the rows

    /// Takes a row of `message`.
    void live(int mailbox, MessageState message) {
        int slot = slot(mailbox, message.uid());
        long uid = message.uid();
        if (has(slot, GONE)) {
            bad(Invariant.M5, mailbox, uid, "has a row; MODSEQ %d expunged it", modSeqs[slot]);
        } else if (has(slot, FLAGS)) {
            same(mailbox, message, slot);
            if (message.modSeq() != modSeqs[slot]) {
                bad(
                        Invariant.M8,
                        mailbox,
                        uid,
                        "has MODSEQ " + message.modSeq() + ", the log says %d",
                        modSeqs[slot]);
            }
        } else {
            unknown(mailbox, message, Invariant.M8, "has a row; the log never added it");
        }
        take(slot, message, LIVE_ROW);
        bounds(mailbox, message);
    }

    /// Takes a row of `expunged`, after those of `message`.
    void gone(int mailbox, MessageState message) {
        int slot = slot(mailbox, message.uid());
        long uid = message.uid();
        if (has(slot, LIVE_ROW)) {
            bad(Invariant.M1, mailbox, uid, "is live and expunged, at MODSEQ %d", message.modSeq());
            return;
        }
        var box = box(mailbox);
        if (!box.row.live() && message.modSeq() == box.row.deletedModSeq()) {
            // It went with its mailbox, of which the log says so.
            if (has(slot, FLAGS)) {
                same(mailbox, message, slot);
            }
        } else if (has(slot, GONE)) {
            same(mailbox, message, slot);
            if (message.modSeq() != modSeqs[slot]) {
                bad(
                        Invariant.M9,
                        mailbox,
                        uid,
                        "was expunged at MODSEQ " + message.modSeq() + ", the log says at %d",
                        modSeqs[slot]);
            }
        } else if (has(slot, FLAGS)) {
            bad(
                    Invariant.M9,
                    mailbox,
                    uid,
                    "was expunged by its row; the log has it, by %d",
                    modSeqs[slot]);
        } else {
            unknown(
                    mailbox,
                    message,
                    Invariant.M9,
                    "was expunged by its row; the log never had it");
        }
        take(slot, message, GONE_ROW);
        bounds(mailbox, message);
    }

    /// A row of which the log says nothing.
    private void unknown(int mailbox, MessageState message, Invariant rule, String never) {
        if (floor == 0) {
            bad(Invariant.M5, mailbox, message.uid(), never, 0);
        } else if (message.modSeq() > floor) {
            bad(rule, mailbox, message.uid(), "the log has no MODSEQ %d of it", message.modSeq());
        }
    }

    private void bounds(int mailbox, MessageState message) {
        var box = box(mailbox);
        if (message.uid() >= box.row.uidNext()) {
            bad(Invariant.M1, mailbox, message.uid(), "is not below UIDNEXT %d", box.row.uidNext());
        }
        if (!box.knows(message.row().flags())) {
            bad(
                    Invariant.M7,
                    mailbox,
                    message.uid(),
                    "has flags %x with a keyword that the mailbox does not know",
                    message.row().flags());
        }
    }

    private void same(int mailbox, MessageState message, int slot) {
        var row = message.row();
        if (has(slot, FLAGS) && row.flags() != flags[slot]) {
            bad(
                    Invariant.M5,
                    mailbox,
                    message.uid(),
                    "has flags %x, the log says ".formatted(row.flags()) + "%x",
                    flags[slot]);
        }
        if (has(slot, ADDED) && row.size() != sizes[slot]) {
            bad(
                    Invariant.M5,
                    mailbox,
                    message.uid(),
                    "has " + row.size() + " octets, the log says %d",
                    sizes[slot]);
        }
        if (has(slot, ADDED) && row.date() != dates[slot]) {
            bad(
                    Invariant.M5,
                    mailbox,
                    message.uid(),
                    "came at " + row.date() + ", the log says %d",
                    dates[slot]);
        }
    }

    /// What the log does not say is what the row says.
    private void take(int slot, MessageState message, byte row) {
        if (!has(slot, FLAGS)) {
            flags[slot] = message.row().flags();
            modSeqs[slot] = message.modSeq();
        }
        if (!has(slot, ADDED)) {
            sizes[slot] = message.row().size();
            dates[slot] = message.row().date();
        }
        known[slot] = (byte) (known[slot] | row);
    }

    /// After the rows of the window: what the log has and they have not.
    void missing() {
        forEachSlot((mailbox, uid, slot) -> {
            if (isMissed(mailbox, slot) && !has(slot, ROWS)) {
                bad(Invariant.M5, mailbox, uid, "has no row; the log has it, by %d", modSeqs[slot]);
            }
        });
    }

    /// Takes a row of `message_meta`, after the records that the rows do not show.
    void meta(int mailbox, MetaRow meta) {
        int slot = slot(mailbox, meta.uid());
        if (meta.bodySize() < 0) {
            bad(Invariant.B1, mailbox, meta.uid(), "names body %d, which has no row", meta.body());
        } else if (!isExpected(mailbox, slot)) {
            bad(
                    Invariant.B5,
                    mailbox,
                    meta.uid(),
                    "has a row in message_meta only, body %d",
                    meta.body());
        } else if (sizes[slot] != meta.prefix() + meta.bodySize()) {
            bad(
                    Invariant.B4,
                    mailbox,
                    meta.uid(),
                    "has " + sizes[slot] + " octets, its trace fields and body %d",
                    meta.prefix() + (long) meta.bodySize());
        }
        known[slot] |= META_ROW;
    }

    /// Whether what never changes of a message has a row of its own by now.
    private boolean isExpected(int mailbox, int slot) {
        return has(slot, ROWS | WAITS) ? !has(slot, COPY) : isMissed(mailbox, slot);
    }

    /// Whether the log has a message, whatever the rows say.
    private boolean isMissed(int mailbox, int slot) {
        return box(mailbox).row.live() && has(slot, FLAGS) && !has(slot, GONE);
    }

    /// After all rows and records of the window: adds up what the mailboxes count.
    void finish() {
        forEachSlot((mailbox, uid, slot) -> {
            boolean waits = has(slot, WAITS) && !has(slot, COPY);
            boolean came = has(slot, ROWS) || waits || isMissed(mailbox, slot);
            if (came) {
                findings.messages++;
            }
            if (came && !has(slot, META_ROW | COPY)) {
                bad(
                        Invariant.B5,
                        mailbox,
                        uid,
                        "has no row in message_meta, at MODSEQ %d",
                        modSeqs[slot]);
            }
            if (isCounted(mailbox, slot)) {
                box(mailbox).sum.add(flags[slot], sizes[slot]);
            }
        });
    }

    /// The messages of a deleted mailbox are counted until their rows become tombstones.
    private boolean isCounted(int mailbox, int slot) {
        var box = box(mailbox);
        return (box.row.live() || box.isBehind()) ? isLive(slot) : has(slot, LIVE_ROW);
    }

    private boolean isLive(int slot) {
        return !has(slot, GONE | GONE_ROW) && has(slot, FLAGS | LIVE_ROW);
    }

    /// Compares a view in memory of the same MODSEQ with what was folded.
    void compare(int mailbox, ChunkedView view) {
        var base = bases.getOrDefault(mailbox, new TreeMap<>());
        base.forEach((block, slot) -> {
            for (int i = 0; i < BLOCK; i++) {
                long uid = block * BLOCK + i;
                int index = uid == 0 ? -1 : view.indexOf(uid);
                if (!isShown(view, index, slot + i)) {
                    bad(
                            Invariant.V3,
                            mailbox,
                            uid,
                            "is shown otherwise, at MODSEQ %d",
                            view.highestModSeq().value());
                }
            }
        });
    }

    private boolean isShown(ChunkedView view, int index, int slot) {
        if (index < 0 || !isLive(slot)) {
            return index < 0 && !isLive(slot);
        }
        return view.mask(index) == flags[slot]
                && view.octets(index) == sizes[slot]
                && view.internalDate(index).toEpochMilli() == dates[slot]
                && view.modSeq(index).value() == modSeqs[slot];
    }

    /// Whether a message that a packed view has was so, as far as log and rows still tell: of one
    /// that changed later only what never changes.
    ///
    /// @param packedAt the MODSEQ that the packed view shows
    boolean wasPacked(int mailbox, long packedAt, Chunk chunk, int at) {
        int slot = slot(mailbox, chunk.uid(at));
        if (slot < 0 || known[slot] == 0) {
            return floor > packedAt;
        }
        boolean same =
                !has(slot, ADDED | ROWS)
                        || (chunk.size(at) == sizes[slot] && chunk.date(at) == dates[slot]);
        if (modSeqs[slot] > packedAt) {
            return same && chunk.modSeq(at) <= packedAt;
        }
        return same
                && isLive(slot)
                && chunk.mask(at) == flags[slot]
                && chunk.modSeq(at) == modSeqs[slot];
    }

    /// The live messages of a mailbox in the window that did not change after a MODSEQ.
    List<Long> unchangedSince(int mailbox, long modSeq) {
        var uids = new ArrayList<Long>();
        bases.getOrDefault(mailbox, new TreeMap<>())
                .forEach((block, slot) -> {
                    for (int i = 0; i < BLOCK; i++) {
                        if (isLive(slot + i) && modSeqs[slot + i] <= modSeq) {
                            uids.add(block * BLOCK + i);
                        }
                    }
                });
        return uids;
    }

    // ---- places

    @FunctionalInterface
    private interface SlotConsumer {
        void accept(int mailbox, long uid, int slot);
    }

    @FunctionalInterface
    private interface UidConsumer {
        void accept(long uid, int slot);
    }

    private void forEachSlot(SlotConsumer consumer) {
        bases.forEach((mailbox, base) ->
                base.forEach((block, slot) -> {
                    for (int i = 0; i < BLOCK; i++) {
                        if (known[slot + i] != 0) {
                            consumer.accept(mailbox, block * BLOCK + i, slot + i);
                        }
                    }
                }));
    }

    /// Hands over those of the UIDs that are in the window.
    private void forEach(int mailbox, UidSet uids, UidConsumer consumer) {
        var base = bases.get(mailbox);
        if (base == null) {
            return;
        }
        for (var range : uids.ranges()) {
            var here = base.subMap(block(range.first()), true, block(range.last()), true);
            here.forEach((block, slot) -> {
                long first = Math.max(range.first(), block * BLOCK);
                long last = Math.min(range.last(), block * BLOCK + BLOCK - 1);
                for (long uid = first; uid <= last; uid++) {
                    consumer.accept(uid, slot + (int) (uid - block * BLOCK));
                }
            });
        }
    }

    private int slot(int mailbox, long uid) {
        var base = bases.get(mailbox);
        var slot = base == null ? null : base.get(block(uid));
        return slot == null ? -1 : slot + (int) (uid % BLOCK);
    }

    private boolean has(int slot, int any) {
        return (known[slot] & any) != 0;
    }

    /// A mailbox of which the window holds messages.
    CheckedBox box(int mailbox) {
        var box = boxes.get(mailbox);
        if (box == null) {
            throw new IllegalStateException("no mailbox " + mailbox);
        }
        return box;
    }

    private void bad(Invariant rule, int mailbox, long uid, String what, long number) {
        findings.add(rule, box(mailbox).place.message(uid), what.formatted(number));
    }
}
