package org.postrider.storage.jdbc.view;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.postrider.storage.jdbc.account.Varints;

/// The column `mailbox_page.data`: one chunk of a view, about 10 octets a message and never over 64
/// KB.
///
/// Version 1: the version; how many messages; the different masks; then for each message its UID
/// and date as differences to those of the one before, its size, its MODSEQ as a difference, and
/// which mask it has; at the end four octets of CRC-32C over all that.
public final class PageCodec {

    private static final int VERSION = 1;
    private static final int CHECKSUM = 4;

    private PageCodec() {}

    public static byte[] encode(Chunk chunk) {
        var masks = new HashMap<Long, Integer>();
        var which = new int[chunk.count];
        var list = new Varints.Out();
        for (int at = 0; at < chunk.count; at++) {
            long mask = chunk.mask(at);
            var index = masks.putIfAbsent(mask, masks.size());
            if (index == null) {
                list.number(mask);
            }
            which[at] = index == null ? masks.size() - 1 : index;
        }
        var out = new Varints.Out();
        out.number(VERSION).number(chunk.count).number(masks.size()).octets(list.octets());
        long uid = 0;
        long date = 0;
        long modSeq = 0;
        for (int at = 0; at < chunk.count; at++) {
            out.number(chunk.uid(at) - uid)
                    .signed(chunk.date(at) - date)
                    .number(chunk.size(at))
                    .signed(chunk.modSeq(at) - modSeq)
                    .number(which[at]);
            uid = chunk.uid(at);
            date = chunk.date(at);
            modSeq = chunk.modSeq(at);
        }
        var octets = out.octets();
        int end = octets.length;
        long sum = checksum(octets, end);
        var page = Arrays.copyOf(octets, end + CHECKSUM);
        for (int i = 0; i < CHECKSUM; i++) {
            page[end + i] = (byte) (sum >>> (8 * i));
        }
        return page;
    }

    /// The chunk, unless the page is damaged or of another version.
    public static Optional<Chunk> decode(byte[] page) {
        int end = page.length - CHECKSUM;
        if (end < 1 || page[0] != VERSION || !isWhole(page, end)) {
            return Optional.empty();
        }
        var in = new Varints.In(page);
        in.number();
        return Optional.of(chunk(in, in.count()));
    }

    private static Chunk chunk(Varints.In in, int count) {
        var different = new long[in.count()];
        for (int i = 0; i < different.length; i++) {
            different[i] = in.number();
        }
        var uids = new int[count];
        var sizes = new int[count];
        var dates = new long[count];
        var masks = new long[count];
        var modSeqs = new long[count];
        long uid = 0;
        long date = 0;
        long modSeq = 0;
        for (int at = 0; at < count; at++) {
            uid += in.number();
            date += in.signed();
            uids[at] = (int) uid;
            dates[at] = date;
            sizes[at] = in.count();
            modSeq += in.signed();
            modSeqs[at] = modSeq;
            masks[at] = different[in.count()];
        }
        return Chunk.of(uids, sizes, dates, masks, modSeqs, count);
    }

    /// A list of pages, as `mailbox_snapshot.pages` has it.
    public static byte[] encodeList(int[] pages) {
        var out = new Varints.Out();
        int last = 0;
        for (int page : pages) {
            out.signed(page - last);
            last = page;
        }
        return out.octets();
    }

    public static int[] decodeList(byte[] list) {
        var in = new Varints.In(list);
        var pages = new int[list.length];
        int count = 0;
        int last = 0;
        while (in.more()) {
            last += (int) in.signed();
            pages[count++] = last;
        }
        return Arrays.copyOf(pages, count);
    }

    private static boolean isWhole(byte[] page, int end) {
        long sum = checksum(page, end);
        for (int i = 0; i < CHECKSUM; i++) {
            if (page[end + i] != (byte) (sum >>> (8 * i))) {
                return false;
            }
        }
        return true;
    }

    private static long checksum(byte[] octets, int end) {
        var sum = new CRC32C();
        sum.update(octets, 0, end);
        return sum.getValue();
    }
}
