package org.postrider.storage.jdbc.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.account.Change.Masked;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.UidSet;

/// A view in chunks is the same mailbox as a sorted map of messages, whatever happens to both, and
/// an old one never changes.
class ChunkedViewTest {

    private static final MailboxState STATE =
            MailboxState.created(1, 1, "INBOX", 7, SpecialUse.NONE, 1);

    /// All bits of keywords have a meaning.
    private static final MailboxState WORDY =
            STATE.knowing(
                    new KeywordBits(IntStream.range(0, 47).mapToObj(i -> "word" + i).toList()), 1);

    private record Entry(MessageRow row, long modSeq) {}

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void itIsWhatAMapWouldBe() {
        System.out.printf("views: seed %d%n", seed);
        var model = new TreeMap<Long, Entry>();
        var view = ChunkedView.empty(STATE);
        var old = view;
        var oldModel = new TreeMap<>(model);
        long uid = 1;
        for (int step = 1; step <= 150; step++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    var rows = new ArrayList<MessageRow>();
                    for (int i = random.nextInt(500); i >= 0; i--) {
                        uid += 1 + (random.nextInt(20) == 0 ? random.nextInt(1_000_000) : 0);
                        rows.add(new MessageRow(uid, flags(), random.nextInt(), random.nextLong()));
                        model.put(uid, new Entry(rows.getLast(), step));
                    }
                    view = view.appending(rows, step);
                }
                case 1 -> {
                    var uids = some(model);
                    long flags = flags();
                    view = view.flagging(List.of(new Masked(flags, uids)), step);
                    long modSeq = step;
                    uids.forEach(each ->
                            model.computeIfPresent(each, (_, e) -> flagged(e, flags, modSeq)));
                }
                default -> {
                    var uids = some(model);
                    view = view.without(uids);
                    uids.forEach(model::remove);
                }
            }
            assertSame(view, model);
            if (step % 10 == 0) {
                assertSame(old, oldModel);
                assertDifference(old, oldModel, view, model);
                old = view;
                oldModel = new TreeMap<>(model);
            }
        }
    }

    @Test
    void aViewMayHaveMoreSetsOfFlagsThanSixteenBitsCount() {
        int many = 70_000;
        var rows = new ArrayList<MessageRow>();
        for (int uid = 1; uid <= many; uid++) {
            rows.add(row(uid, (long) uid << 16));
        }
        var view = ChunkedView.empty(WORDY).appending(rows, 1);
        var groups = new ArrayList<Masked>();
        for (int uid = 1; uid <= many; uid += 2) {
            groups.add(new Masked((long) (many + uid) << 16 | 1, UidSet.of(uid)));
        }
        view = view.flagging(groups, 2);
        assertThat(view.unseen()).isEqualTo(many / 2);
        for (int i = 0; i < many; i++) {
            long mask = i % 2 == 0 ? (long) (many + i + 1) << 16 | 1 : (long) (i + 1) << 16;
            assertThat(view.mask(i)).isEqualTo(mask);
            assertThat(view.flags(i)).isEqualTo(WORDY.keywords().flags(mask));
        }
    }

    @Test
    void messagesWithEqualFlagsShareOneObject() {
        var rows = new ArrayList<MessageRow>();
        for (int uid = 1; uid <= 5_000; uid++) {
            rows.add(row(uid, uid % 7));
        }
        var view = ChunkedView.empty(STATE).appending(rows, 1);
        for (int i = 7; i < 5_000; i++) {
            assertThat(view.flags(i)).isSameAs(view.flags(i - 7));
        }
        var later = view.flagging(List.of(new Masked(3, UidSet.of(1))), 2);
        assertThat(later.flags(0)).isSameAs(view.flags(2));
    }

    @Test
    void chunksThatBecomeSparseAreJoined() {
        var rows = new ArrayList<MessageRow>();
        for (int uid = 1; uid <= 200_000; uid++) {
            rows.add(row(uid, 0));
        }
        var view = ChunkedView.empty(STATE).appending(rows, 1);
        var shuffled = new ArrayList<Long>();
        rows.forEach(each -> shuffled.add(each.uid()));
        Collections.shuffle(shuffled, random);
        for (int at = 0; at + 500 < shuffled.size(); at += 500) {
            var uids = new ArrayList<UidSet.Range>();
            shuffled.subList(at, at + 500).forEach(uid -> uids.add(new UidSet.Range(uid, uid)));
            view = view.without(new UidSet(uids));
            assertThat(view.chunkCount()).isLessThanOrEqualTo(2 + view.size() / 256);
        }
        assertThat(view.size()).isEqualTo(500);
        assertThat(view.chunkCount()).isLessThanOrEqualTo(2);
    }

    @Test
    void aChangeOfManyFlagsIsWorkedOutMaskByMask() {
        var rows = new ArrayList<MessageRow>();
        for (int uid = 1; uid <= 3_000; uid++) {
            rows.add(row(uid, uid % 3 == 0 ? 2 : uid % 3 == 1 ? 1 : 4));
        }
        var view = ChunkedView.empty(STATE).appending(rows, 1);
        view = view.flagging(List.of(new Masked(0, UidSet.of(1_500))), 5);
        var asked = new ArrayList<Long>();
        var change =
                new Reflagging(
                        view,
                        UidSet.range(2, 5_000),
                        OptionalLong.of(4),
                        mask -> {
                            asked.add(mask);
                            return mask | 1;
                        });
        assertThat(asked).containsExactlyInAnyOrder(1L, 2L, 4L);
        assertThat(change.modified()).isEqualTo(UidSet.of(1_500));
        assertThat(change.changed().size()).isEqualTo(1_999);
        assertThat(change.count().unseen).isEqualTo(-1_999);
        assertThat(change.groups()).extracting(Masked::flags).containsExactly(3L, 5L);
        var after = view.flagging(change.groups(), 6);
        assertThat(after.since(view).changed()).isEqualTo(change.changed());
        assertThat(after.unseen()).isEqualTo(1);
        assertThat(after.modSeq(0).value()).isEqualTo(1);
        assertThat(after.modSeq(1).value()).isEqualTo(6);
    }

    private static MessageRow row(long uid, long flags) {
        return new MessageRow(uid, flags, 10, 20);
    }

    private static Entry flagged(Entry entry, long flags, long modSeq) {
        var row = entry.row();
        return new Entry(new MessageRow(row.uid(), flags, row.size(), row.date()), modSeq);
    }

    private long flags() {
        return random.nextInt(32) | (random.nextInt(4) == 0 ? 1L << (16 + random.nextInt(47)) : 0);
    }

    private UidSet some(NavigableMap<Long, Entry> model) {
        if (model.isEmpty()) {
            return UidSet.of(1);
        }
        var ranges = new ArrayList<UidSet.Range>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            long last = model.lastKey();
            long first = 1 + random.nextLong(last);
            ranges.add(new UidSet.Range(first, Math.min(last + 5, first + random.nextInt(500))));
        }
        return new UidSet(ranges);
    }

    private void assertSame(ChunkedView view, NavigableMap<Long, Entry> model) {
        assertThat(view.size()).isEqualTo(model.size());
        int index = 0;
        int unseen = 0;
        int firstUnseen = -1;
        for (var entry : model.values()) {
            if (!view.row(index).equals(entry.row())
                    || view.modSeq(index).value() != entry.modSeq()) {
                assertThat(view.row(index)).isEqualTo(entry.row());
                assertThat(view.modSeq(index).value()).isEqualTo(entry.modSeq());
            }
            if ((entry.row().flags() & 1) == 0) {
                unseen++;
                firstUnseen = firstUnseen < 0 ? index : firstUnseen;
            }
            index++;
        }
        assertThat(view.unseen()).isEqualTo(unseen);
        assertThat(view.firstUnseen()).isEqualTo(firstUnseen);
        long top = model.isEmpty() ? 10 : model.lastKey() + 2;
        for (int i = 0; i < 20; i++) {
            long uid = 1 + random.nextLong(top);
            assertThat(view.firstFrom(uid)).isEqualTo(model.headMap(uid).size());
            assertThat(view.indexOf(uid) >= 0).isEqualTo(model.containsKey(uid));
        }
    }

    private static void assertDifference(
            ChunkedView old,
            NavigableMap<Long, Entry> oldModel,
            ChunkedView now,
            NavigableMap<Long, Entry> model) {
        var expunged = new UidRanges();
        var changed = new UidRanges();
        oldModel.forEach((uid, entry) -> {
            if (!model.containsKey(uid)) {
                expunged.add(uid);
            } else if (model.get(uid).row().flags() != entry.row().flags()) {
                changed.add(uid);
            }
        });
        var appended = new UidRanges();
        model.keySet().stream().filter(uid -> !oldModel.containsKey(uid)).forEach(appended::add);
        var difference = now.since(old);
        assertThat(difference.expunged()).isEqualTo(expunged.toSet());
        assertThat(difference.changed()).isEqualTo(changed.toSet());
        assertThat(difference.appended()).isEqualTo(appended.toSet());
    }
}
