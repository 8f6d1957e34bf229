package org.postrider.storage.jdbc.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.account.MessageRow;

/// A page holds its chunk and nothing else.
class PageCodecTest {

    private static final int LARGEST_VALUE = 64 << 10;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void aPageIsReadAsItWasWritten() {
        System.out.printf("pages: seed %d%n", seed);
        for (int count = 1; count <= Chunk.MOST; count += 1 + random.nextInt(100)) {
            var chunk = chunk(count);
            var page = PageCodec.encode(chunk);
            assertThat(page).hasSizeLessThan(LARGEST_VALUE);
            assertSame(PageCodec.decode(page).orElseThrow(), chunk);
        }
    }

    @Test
    void theLargestPageFitsARow() {
        var chunk = Chunk.empty();
        for (int i = 1; i <= Chunk.MOST; i++) {
            long far = i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            long uid = i * 4_000_000L;
            chunk = chunk.with(new MessageRow(uid, -i, Integer.MAX_VALUE, far), far);
        }
        var page = PageCodec.encode(chunk);
        assertThat(page).hasSizeLessThan(LARGEST_VALUE);
        assertSame(PageCodec.decode(page).orElseThrow(), chunk);
    }

    @Test
    void aDamagedPageIsNoPage() {
        var page = PageCodec.encode(chunk(100));
        for (int i = 0; i < page.length; i++) {
            page[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(PageCodec.decode(page)).isEmpty();
            page[i] = 0;
            PageCodec.decode(page);
            page = PageCodec.encode(chunk(100));
        }
        assertThat(PageCodec.decode(new byte[0])).isEmpty();
        assertThat(PageCodec.decode(new byte[4])).isEmpty();
    }

    @Test
    void aListOfPagesIsReadAsItWasWritten() {
        int[] pages = {7, 3, 1_000_000, 4, 5};
        assertThat(PageCodec.decodeList(PageCodec.encodeList(pages))).isEqualTo(pages);
        assertThat(PageCodec.decodeList(PageCodec.encodeList(new int[0]))).isEmpty();
    }

    private Chunk chunk(int count) {
        var chunk = Chunk.empty();
        long uid = 0;
        for (int i = 0; i < count; i++) {
            uid += 1 + (random.nextInt(9) == 0 ? random.nextInt(4_000_000) : 0);
            long mask = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(4);
            long date = random.nextBoolean() ? random.nextLong() : 1_700_000_000_000L + i;
            var row = new MessageRow(uid, mask, random.nextInt(Integer.MAX_VALUE), date);
            chunk = chunk.with(row, random.nextInt(1_000));
        }
        return chunk;
    }

    private static void assertSame(Chunk chunk, Chunk expected) {
        assertThat(chunk.count).isEqualTo(expected.count);
        assertThat(chunk.unseen).isEqualTo(expected.unseen);
        assertThat(chunk.lastModSeq).isEqualTo(expected.lastModSeq);
        for (int at = 0; at < chunk.count; at++) {
            assertThat(chunk.row(at)).isEqualTo(expected.row(at));
            assertThat(chunk.modSeq(at)).isEqualTo(expected.modSeq(at));
        }
    }
}
