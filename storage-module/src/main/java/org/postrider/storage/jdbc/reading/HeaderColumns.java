package org.postrider.storage.jdbc.reading;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.CodedMeta;
import org.postrider.storage.message.FoldedText;
import org.postrider.storage.message.HeaderText;

/// Header fields of many messages as a search looks at them ([FoldedText]), one field of up to
/// 1,024 messages in a page: from memory, or from the rows of the messages, which are then kept in
/// memory within a limit, the pages used longest ago going first. What a page says never changes,
/// as a UID never means another message; it only grows.
public final class HeaderColumns {

    /// What is kept of each row that is read, because it is searched for most.
    private static final List<String> USUAL = List.of("from", "to", "subject");

    private static final int PAGE_BITS = 10;
    private static final int PAGE_OVERHEAD = 200;

    private static final long LIMIT = Math.max(4L << 20, Runtime.getRuntime().maxMemory() / 32);

    private static final String SELECT =
            """
            select m.uid, m.prefix, m.meta
            from message_meta m
            where m.account_id = ? and m.mailbox_id = ?
            """;

    private record Key(MailboxId mailbox, String field, long page) {}

    /// @param uids the last bits of the UIDs that are known, ascending
    /// @param ends where the text of each ends
    private record Page(char[] uids, int[] ends, byte[] text) {

        int octets() {
            return PAGE_OVERHEAD + 6 * uids.length + text.length;
        }

        int start(int at) {
            return at == 0 ? 0 : ends[at - 1];
        }
    }

    /// One field of some messages, in the order in which they were asked for.
    public static final class Column {
        private final byte[] @Nullable [] texts;
        private final int[] from;
        private final int[] to;

        Column(int count) {
            texts = new byte[count][];
            from = new int[count];
            to = new int[count];
        }

        /// The octets that hold the text of a message, or null when the message must be opened.
        public byte @Nullable [] octets(int at) {
            return texts[at];
        }

        public int from(int at) {
            return from[at];
        }

        public int to(int at) {
            return to[at];
        }

        private void set(int at, byte[] text, int start, int end) {
            texts[at] = text;
            from[at] = start;
            to[at] = end;
        }
    }

    private final MetaRows rows;

    /// Used longest ago first. Locked by itself.
    private final Map<Key, Page> pages = new LinkedHashMap<>(64, 0.75f, true);

    private long octets;

    public HeaderColumns(MetaRows rows) {
        this.rows = rows;
    }

    /// The columns of these fields.
    ///
    /// @param fields names that are kept in a meta, in lower case
    /// @param uids ascending, the first `count` of them
    public Map<String, Column> of(
            MailboxId mailbox, Iterable<String> fields, long[] uids, int count) throws IOException {
        var columns = new HashMap<String, Column>();
        var missing = new boolean[count];
        for (var field : fields) {
            columns.put(field, known(mailbox, field, uids, missing));
        }
        var wanted = new UidRanges();
        for (int at = 0; at < count; at++) {
            if (missing[at]) {
                wanted.add(uids[at]);
            }
        }
        read(mailbox, wanted.toSet(), columns, uids, count);
        return columns;
    }

    private Column known(MailboxId mailbox, String field, long[] uids, boolean[] missing) {
        var column = new Column(missing.length);
        long number = -1;
        Page page = null;
        for (int at = 0; at < missing.length; at++) {
            if (uids[at] >>> PAGE_BITS != number) {
                number = uids[at] >>> PAGE_BITS;
                page = page(new Key(mailbox, field, number));
            }
            int in = page == null ? -1 : Arrays.binarySearch(page.uids(), last(uids[at]));
            if (page == null || in < 0) {
                missing[at] = true;
            } else {
                column.set(at, page.text(), page.start(in), page.ends()[in]);
            }
        }
        return column;
    }

    private static char last(long uid) {
        return (char) (uid & ((1 << PAGE_BITS) - 1));
    }

    private void read(
            MailboxId mailbox, UidSet uids, Map<String, Column> columns, long[] asked, int count)
            throws IOException {
        var fresh = new HashMap<String, List<Entry>>();
        columns.keySet().forEach(field -> fresh.put(field, new ArrayList<>()));
        USUAL.forEach(field -> fresh.putIfAbsent(field, new ArrayList<>()));
        rows.read(
                mailbox,
                uids,
                SELECT,
                new RowReader(),
                row -> {
                    int at = Arrays.binarySearch(asked, 0, count, row.uid());
                    var meta = CodedMeta.of(row.meta());
                    fresh.forEach((field, entries) -> {
                        if (meta.covers(field)) {
                            var text = text(row.trace(), meta, field);
                            entries.add(new Entry(row.uid(), text));
                            var column = columns.get(field);
                            if (column != null && at >= 0) {
                                column.set(at, text, 0, text.length);
                            }
                        }
                    });
                });
        fresh.forEach((field, entries) -> keep(mailbox, field, entries));
    }

    private static byte[] text(byte[] trace, CodedMeta meta, String field) {
        var text = new FoldedText(Integer.MAX_VALUE);
        HeaderText.bodies(trace, field).forEach(text::field);
        meta.fields(field).forEach(each -> text.field(HeaderText.body(each)));
        return text.toBytes();
    }

    // ---- what is kept

    private record Entry(long uid, byte[] text) {}

    private void keep(MailboxId mailbox, String field, List<Entry> entries) {
        int from = 0;
        while (from < entries.size()) {
            long number = entries.get(from).uid() >>> PAGE_BITS;
            int to = from;
            while (to < entries.size() && entries.get(to).uid() >>> PAGE_BITS == number) {
                to++;
            }
            keep(new Key(mailbox, field, number), entries.subList(from, to));
            from = to;
        }
    }

    private void keep(Key key, List<Entry> entries) {
        synchronized (pages) {
            var before = pages.get(key);
            var page = before == null ? page(entries) : merged(before, key.page(), entries);
            pages.put(key, page);
            octets += page.octets() - (before == null ? 0 : before.octets());
            var oldest = pages.entrySet().iterator();
            while (octets > LIMIT && oldest.hasNext()) {
                octets -= oldest.next().getValue().octets();
                oldest.remove();
            }
        }
    }

    private static Page merged(Page before, long number, List<Entry> entries) {
        var all = new java.util.TreeMap<Long, byte[]>();
        for (int at = 0; at < before.uids().length; at++) {
            all.put(
                    number << PAGE_BITS | before.uids()[at],
                    Arrays.copyOfRange(before.text(), before.start(at), before.ends()[at]));
        }
        entries.forEach(entry -> all.put(entry.uid(), entry.text()));
        return page(
                all.entrySet().stream()
                        .map(each -> new Entry(each.getKey(), each.getValue()))
                        .toList());
    }

    private static Page page(List<Entry> entries) {
        var uids = new char[entries.size()];
        var ends = new int[entries.size()];
        int length = entries.stream().mapToInt(entry -> entry.text().length).sum();
        var text = new byte[length];
        int end = 0;
        for (int at = 0; at < uids.length; at++) {
            var entry = entries.get(at);
            uids[at] = last(entry.uid());
            System.arraycopy(entry.text(), 0, text, end, entry.text().length);
            end += entry.text().length;
            ends[at] = end;
        }
        return new Page(uids, ends, text);
    }

    private @Nullable Page page(Key key) {
        synchronized (pages) {
            return pages.get(key);
        }
    }

    private record Row(long uid, byte[] trace, byte[] meta) {}

    private static final class RowReader implements MetaRows.RowReader<Row> {

        @Override
        public Row read(ResultSet row, Backlogs.Place place) throws SQLException {
            return new Row(place.uid(row.getLong(1)), row.getBytes(2), row.getBytes(3));
        }

        @Override
        public long uid(Row row) {
            return row.uid();
        }

        @Override
        public int octets(Row row) {
            return row.trace().length + row.meta().length;
        }
    }
}
