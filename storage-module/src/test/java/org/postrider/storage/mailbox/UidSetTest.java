package org.postrider.storage.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UidSetTest {

    private static final long HIGHEST = Uid.MAX;

    @Test
    void rangesInAnyOrderBecomeOneSet() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var uids = new TreeSet<Long>();
            var ranges = new ArrayList<UidSet.Range>();
            for (int i = random.nextInt(30); i > 0; i--) {
                long first = HIGHEST - random.nextInt(300);
                long last = Math.min(HIGHEST, first + random.nextInt(5));
                ranges.add(new UidSet.Range(first, last));
                for (long uid = first; uid <= last; uid++) {
                    uids.add(uid);
                }
            }
            var set = new UidSet(ranges);
            assertThat(listed(set)).as("seed %d", seed).containsExactlyElementsOf(uids);
            assertThat(set.size()).as("seed %d", seed).isEqualTo(uids.size());
            assertThat(set).isEqualTo(UidSet.ofBounds(bounds(ranges), 2 * ranges.size()));
            for (long uid = HIGHEST - 310; uid <= HIGHEST; uid++) {
                assertThat(set.contains(uid)).as("seed %d", seed).isEqualTo(uids.contains(uid));
            }
            int most = 1 + random.nextInt(9);
            var together = new ArrayList<Long>();
            var pieces = set.pieces(most);
            for (var piece : pieces) {
                assertThat(piece.size()).isLessThanOrEqualTo(most);
                together.addAll(listed(piece));
            }
            assertThat(together).as("seed %d", seed).containsExactlyElementsOf(uids);
            assertThat(pieces).hasSize((uids.size() + most - 1) / most);
        }
    }

    @Test
    void rangesNeitherTouchNorOverlap() {
        var set =
                new UidSet(
                        List.of(
                                new UidSet.Range(7, 9),
                                new UidSet.Range(1, 2),
                                new UidSet.Range(3, 3),
                                new UidSet.Range(8, 12)));
        assertThat(set).hasToString("1:3,7:12");
        assertThat(set.plus(UidSet.of(5, 4))).hasToString("1:5,7:12");
    }

    @Test
    void whatIsNoUidIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> UidSet.ofBounds(new int[] {0, 4}, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> UidSet.ofBounds(new int[] {4, 3}, 2));
    }

    private static int[] bounds(List<UidSet.Range> ranges) {
        return ranges.stream()
                .flatMapToInt(range ->
                        java.util.stream.IntStream.of((int) range.first(), (int) range.last()))
                .toArray();
    }

    private static List<Long> listed(UidSet set) {
        var uids = new ArrayList<Long>();
        set.forEach(uids::add);
        return uids;
    }
}
