package org.postrider.storage.jdbc.reading;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.database.Answer;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.UidSet;

/// Reads rows of `message_meta` in UID order, some at a time, the next ones while the caller looks
/// at those it has. Of copies that have no rows yet it reads those of what was copied.
public final class MetaRows {

    /// Rows asked for at first: few, as who asks may want few.
    private static final int FIRST = 64;

    private static final int MOST = 1_024;

    /// Octets that should be read at once.
    private static final int OCTETS = 1 << 20;

    /// Reads a row.
    ///
    /// @param <T> what is made of it
    public interface RowReader<T> {
        /// @param place tells which message it is
        T read(ResultSet row, Backlogs.Place place) throws SQLException;

        long uid(T row);

        /// About how many octets of memory it takes.
        int octets(T row);

        /// The most rows that may be in memory at once.
        default int most() {
            return MOST;
        }

        /// Ranges of UIDs that are not further apart are read as one: a question costs more than a
        /// few rows that nobody wants. Some of those between are gone, but those expunged lately
        /// are not.
        default int gap() {
            return 16;
        }
    }

    /// Takes one row after the other.
    @FunctionalInterface
    public interface Taker<T> {
        void accept(T row) throws IOException;
    }

    /// Takes rows that were read at once.
    @FunctionalInterface
    public interface BatchTaker<T> {
        void accept(List<T> rows) throws IOException;
    }

    private final Readers readers;
    private final Function<AccountId, Backlogs> backlogs;

    /// @param backlogs what is not in rows of an account
    public MetaRows(Readers readers, Function<AccountId, Backlogs> backlogs) {
        this.readers = readers;
        this.backlogs = backlogs;
    }

    /// @param select a question for rows `m` of a mailbox: parameters are the account and the
    ///   mailbox; a condition on UIDs and an order are added
    public <T> void read(
            MailboxId mailbox, UidSet uids, String select, RowReader<T> reader, Taker<T> taker)
            throws IOException {
        readBatches(
                mailbox,
                uids,
                select,
                reader,
                rows -> {
                    for (var row : rows) {
                        taker.accept(row);
                    }
                });
    }

    /// The same, some rows at a time.
    public <T> void readBatches(
            MailboxId mailbox, UidSet uids, String select, RowReader<T> reader, BatchTaker<T> taker)
            throws IOException {
        var asked = new Asked<>(mailbox, select + RANGE, reader);
        var ranges = overGaps(uids.ranges(), reader.gap());
        boolean exact = ranges.size() == uids.ranges().size();
        var next = uids.isEmpty() ? null : begin(asked, ranges, FIRST);
        while (next != null) {
            var batch = next.await();
            next = batch.left().isEmpty() ? null : begin(asked, batch.left(), batch.next(reader));
            var rows = batch.rows();
            taker.accept(
                    exact
                            ? rows
                            : rows.stream().filter(row -> uids.contains(reader.uid(row))).toList());
        }
    }

    /// Where bodies are now, by their numbers.
    Map<Long, BodyPlace> places(AccountId account, Collection<Long> bodies) {
        return readers.ask(session -> {
            var places = new HashMap<Long, BodyPlace>();
            session.forEach(
                    """
                    select b.body_id, b.pack_id, b.pack_off, b.pack_len, b.codec, b.size
                    from unnest(?) as k(id)
                    join body b on b.account_id = ? and b.body_id = k.id
                    """,
                    row -> places.put(row.getLong(1), place(row, 2)),
                    session.array("bigint", bodies.toArray()),
                    account.value());
            return places;
        });
    }

    /// Reads a place from `pack_id, pack_off, pack_len, codec, size`.
    ///
    /// @param first the number of the first of these columns
    public static BodyPlace place(ResultSet row, int first) throws SQLException {
        return new BodyPlace(
                row.getLong(first),
                row.getLong(first + 1),
                row.getInt(first + 2),
                BodyCodec.of(row.getInt(first + 3)),
                row.getInt(first + 4));
    }

    /// Ranges that hold these and small gaps between them.
    private static List<UidSet.Range> overGaps(List<UidSet.Range> ranges, int gap) {
        var wide = new ArrayList<UidSet.Range>();
        for (var range : ranges) {
            if (!wide.isEmpty() && range.first() - wide.getLast().last() <= gap) {
                var before = wide.removeLast();
                wide.add(new UidSet.Range(before.first(), range.last()));
            } else {
                wide.add(range);
            }
        }
        return wide;
    }

    private static final String RANGE =
            """
            and m.uid between ? and ?
            order by m.account_id, m.mailbox_id, m.uid
            limit ?
            """;

    private record Asked<T>(MailboxId mailbox, String sql, RowReader<T> reader) {}

    /// The next rows, and the UIDs that are left to be read.
    private record Batch<T>(List<T> rows, List<UidSet.Range> left) {

        /// How many rows should be read next, by the size of these.
        int next(RowReader<T> reader) {
            long octets = rows.stream().mapToLong(reader::octets).sum();
            long each = Math.max(1, octets / Math.max(1, rows.size()));
            return Math.clamp(OCTETS / each, FIRST / 4, reader.most());
        }
    }

    private <T> Answer<Batch<T>> begin(Asked<T> asked, List<UidSet.Range> ranges, int most) {
        var account = asked.mailbox().account();
        var places = backlogs.apply(account).places(asked.mailbox().number(), new UidSet(ranges));
        return readers.begin(session -> fetch(session, asked, places, most));
    }

    /// Reads the next rows. It may be asked again when a connection is lost.
    private static <T> Batch<T> fetch(
            Session session, Asked<T> asked, List<Backlogs.Place> places, int most)
            throws SQLException {
        var left = new ArrayList<>(places.stream().map(Backlogs.Place::uids).toList());
        var rows = new ArrayList<T>();
        int next = 0;
        while (next < places.size() && rows.size() < most) {
            var place = places.get(next);
            var range = left.get(next);
            int wanted = most - rows.size();
            var found =
                    session.query(
                            asked.sql(),
                            row -> asked.reader().read(row, place),
                            asked.mailbox().account().value(),
                            place.mailbox(),
                            place.first(),
                            place.last(),
                            wanted);
            rows.addAll(found);
            long last = found.size() == wanted ? asked.reader().uid(found.getLast()) : range.last();
            if (last < range.last()) {
                left.set(next, new UidSet.Range(last + 1, range.last()));
            } else {
                next++;
            }
        }
        return new Batch<>(rows, left.subList(next, left.size()));
    }
}
