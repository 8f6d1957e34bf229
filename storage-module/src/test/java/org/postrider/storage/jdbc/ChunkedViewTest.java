package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.UidSet;

/// A view in chunks is the same mailbox as a sorted map of messages, whatever happens to both, and
/// an old one never changes.
class ChunkedViewTest {

    private static final MailboxState STATE =
            MailboxState.created(1, 1, "INBOX", 7, SpecialUse.NONE, 1);

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
                    view = view.flagging(uids, flags, step);
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
    void moreMasksThanTheDictionaryHoldsAreNotTooMany() {
        var view = ChunkedView.empty(STATE).appending(List.of(row(1, 0), row(2, 1)), 1);
        for (long mask = 1; mask <= FlagDictionary.MOST + 10; mask++) {
            view = view.flagging(UidSet.of(1), mask << 16, mask);
        }
        assertThat(view.mask(0)).isEqualTo((FlagDictionary.MOST + 10L) << 16);
        assertThat(view.mask(1)).isEqualTo(1);
        assertThat(view.unseen()).isEqualTo(1);
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
