package org.postrider.storage.jdbc.check;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.database.Session;

/// The bodies of an account, as many at a time as fit: who names them, and whether their octets are
/// where they should be.
final class BodyCheck {

    /// Bodies looked at together.
    static final int AT_ONCE = 262_144;

    /// Rows that are read together.
    private static final int PAGE = 1_024;

    /// A body that is not as its row says.
    ///
    /// @param place whose message has it
    record Damaged(Place place, long body, BodyPlace where, String what) {}

    /// @param where nowhere, when the row contradicts itself
    private record Row(long id, int refs, Optional<BodyPlace> where) {}

    private final Session session;
    private final BodyStore bodies;
    private final Findings findings;
    private final int account;
    private final Place place;
    private final List<Damaged> damaged = new ArrayList<>();

    private long[] ids = new long[0];
    private int[] refs = new int[0];
    private int[] counted = new int[0];
    private final Map<Long, Damaged> missing = new HashMap<>();
    private int count;
    private long last;
    private boolean all;

    BodyCheck(Session session, BodyStore bodies, Findings findings, int account, Place place) {
        this.session = session;
        this.bodies = bodies;
        this.findings = findings;
        this.account = account;
        this.place = place;
    }

    /// Reads the next bodies.
    ///
    /// @return false when there are none
    boolean next() throws SQLException, IOException {
        count = 0;
        missing.clear();
        while (!all && count < AT_ONCE) {
            var page = page();
            all = page.size() < PAGE;
            take(page);
        }
        findings.bodies += count;
        return count > 0;
    }

    private List<Row> page() throws SQLException {
        return session.query(
                """
                select body_id, refs, pack_id, pack_off, pack_len, codec, size
                from body
                where account_id = ? and body_id > ?
                order by body_id
                limit ?
                """,
                row -> new Row(row.getLong(1), row.getInt(2), where(row, 3)),
                account,
                last,
                PAGE);
    }

    /// Where a row says that its octets are, from five of its columns.
    static Optional<BodyPlace> where(ResultSet row, int from) throws SQLException {
        try {
            return Optional.of(
                    new BodyPlace(
                            row.getLong(from),
                            row.getLong(from + 1),
                            row.getInt(from + 2),
                            BodyCodec.of(row.getInt(from + 3)),
                            row.getInt(from + 4)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void take(List<Row> page) throws IOException {
        var absent = bodies.missing(page.stream().flatMap(row -> row.where().stream()).toList());
        for (var row : page) {
            if (count == ids.length) {
                int room = Math.clamp(count * 2L, PAGE, AT_ONCE);
                ids = Arrays.copyOf(ids, room);
                refs = Arrays.copyOf(refs, room);
                counted = Arrays.copyOf(counted, room);
            }
            ids[count] = row.id();
            refs[count] = row.refs();
            counted[count] = 0;
            count++;
            last = row.id();
            row.where()
                    .ifPresentOrElse(
                            where -> {
                                if (absent.containsKey(where)) {
                                    missing.put(
                                            row.id(),
                                            new Damaged(place, row.id(), where, absent.get(where)));
                                }
                            },
                            () -> impossible(row));
        }
    }

    private void impossible(Row row) {
        findings.add(
                Invariant.B4,
                place.object("body " + row.id()),
                "the sizes in its row cannot be, nor where it is");
    }

    /// Counts a message that names a body.
    void named(long body, Place message) {
        int at = Arrays.binarySearch(ids, 0, count, body);
        if (at < 0) {
            return;
        }
        counted[at]++;
        var gone = missing.get(body);
        if (gone != null) {
            damaged.add(new Damaged(message, body, gone.where(), gone.what()));
        }
    }

    /// After every message was counted: what the bodies count.
    void settle() {
        for (int i = 0; i < count; i++) {
            if (counted[i] != refs[i] || refs[i] == 0) {
                findings.add(
                        Invariant.B2,
                        place.object("body " + ids[i]),
                        "counts %d messages, %d name it".formatted(refs[i], counted[i]));
            }
            var gone = counted[i] == 0 ? missing.get(ids[i]) : null;
            if (gone != null) {
                damaged.add(gone);
            }
        }
    }

    /// The bodies that are not where they should be.
    List<Damaged> damaged() {
        return damaged;
    }
}
