package org.postrider.storage.jdbc.check;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.TextWriter;

/// Looks whether the kept texts of an account are of bodies that are there, and where their rows
/// say.
final class TextCheck {

    /// Rows that are read together.
    private static final int PAGE = 1_024;

    /// @param where nowhere, when the text was too large to be kept or the row contradicts itself
    private record Row(long body, boolean known, boolean kept, Optional<BodyPlace> where) {}

    private final Session session;
    private final BodyStore bodies;
    private final Findings findings;
    private final int account;
    private final Place place;

    TextCheck(Session session, BodyStore bodies, Findings findings, int account, Place place) {
        this.session = session;
        this.bodies = bodies;
        this.findings = findings;
        this.account = account;
        this.place = place;
    }

    void run() throws SQLException, IOException {
        long last = Long.MIN_VALUE;
        List<Row> page;
        do {
            page = page(last);
            var absent =
                    bodies.missing(page.stream().flatMap(row -> row.where().stream()).toList());
            for (var row : page) {
                last = row.body();
                if (!row.known()) {
                    bad(row, "is of a body that has no row");
                } else if (row.where().isPresent()) {
                    Optional.ofNullable(absent.get(row.where().get()))
                            .ifPresent(what -> bad(row, what));
                } else if (row.kept()) {
                    bad(row, "its sizes cannot be, nor where it is");
                }
            }
        } while (page.size() == PAGE);
    }

    private List<Row> page(long after) throws SQLException {
        return session.query(
                """
                select t.body_id, b.body_id, t.pack_id, t.pack_off, t.pack_len, t.codec, t.size
                from body_text t
                left join body b on b.account_id = t.account_id and b.body_id = t.body_id
                where t.account_id = ? and t.body_id > ?
                order by t.body_id
                limit ?
                """,
                row -> {
                    boolean kept = row.getInt(7) != TextWriter.TOO_LARGE;
                    return new Row(
                            row.getLong(1),
                            row.getObject(2) != null,
                            kept,
                            kept ? BodyCheck.where(row, 3) : Optional.empty());
                },
                account,
                after,
                PAGE);
    }

    private void bad(Row row, String what) {
        findings.add(Invariant.T1, place.object("text of body " + row.body()), what);
    }
}
