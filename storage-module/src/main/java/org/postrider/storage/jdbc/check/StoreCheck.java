package org.postrider.storage.jdbc.check;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.check.Violation;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.directory.AccountStates;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Looks whether every [Invariant] holds; changes nothing.
///
/// Each account is looked at as it is at one moment: in a transaction of its own that sees no later
/// commit, on both databases. So nobody waits for a check, and none keeps old rows alive for longer
/// than one account takes. Memory is bounded whatever the size of a mailbox: see [FoldWindow] and
/// [BodyCheck].
public final class StoreCheck {

    private static final int ACCOUNTS = 1_000;

    /// H2's codes for a database or a connection that is closed.
    private static final Set<Integer> H2_CLOSED = Set.of(90_007, 90_098, 90_121);

    private record Listed(
            int number, String address, String domain, boolean state, boolean deleted) {}

    private final Session session;
    private final BodyStore bodies;
    private final IntFunction<Map<Integer, ChunkedView>> views;
    private final Findings findings;

    /// @param session a connection that sees one moment in a transaction
    /// @param views the views in memory of an account
    public StoreCheck(
            Session session,
            BodyStore bodies,
            IntFunction<Map<Integer, ChunkedView>> views,
            Consumer<Violation> found) {
        this.session = session;
        this.bodies = bodies;
        this.views = views;
        this.findings = new Findings(found);
    }

    public CheckReport run(CheckOptions options) throws SQLException {
        int last = 0;
        List<Listed> page;
        do {
            page = accounts(last, options);
            session.rollback();
            for (var account : page) {
                last = account.number();
                account(account, options.deep());
            }
        } while (page.size() == ACCOUNTS);
        if (options.account().isEmpty()) {
            attempt(Place.STORE, () -> new WholeCheck(session, bodies, findings).run());
        }
        return findings.report();
    }

    private List<Listed> accounts(int last, CheckOptions options) throws SQLException {
        int only = options.account().map(id -> id.value()).orElse(0);
        return session.query(
                """
                select a.account_id, a.address, a.domain, s.account_id, a.state
                from account a
                left join account_state s on s.account_id = a.account_id
                where a.account_id > ? and (a.account_id = ? or ? = 0)
                order by a.account_id
                limit ?
                """,
                row ->
                        new Listed(
                                row.getInt(1),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4) != null,
                                row.getLong(5) == AccountStates.DELETED),
                last,
                only,
                only,
                ACCOUNTS);
    }

    private void account(Listed listed, boolean deep) throws SQLException {
        var place = Place.account(listed.address());
        if (!listed.deleted()) {
            attempt(place, () -> domain(listed, place));
        }
        if (!listed.state()) {
            findings.add(Invariant.M10, place, "has no row in account_state");
            return;
        }
        var check =
                new AccountCheck(
                        session, bodies, findings, listed.number(), place, !listed.deleted());
        attempt(place, () -> check.run(views.apply(listed.number()), deep));
        attempt(
                place,
                () -> {
                    for (var damaged : check.damaged()) {
                        again(listed.number(), damaged);
                    }
                });
    }

    private void domain(Listed listed, Place place) throws SQLException {
        var domain = listed.domain();
        var known =
                session.queryOne(
                        "select name from domain where name = ?", row -> row.getString(1), domain);
        if (known.isEmpty()) {
            findings.add(Invariant.A6, place, domain + " is no domain of this server");
        }
    }

    /// Looks again at a body that was not as its row said: by now it may have been moved, or gone
    /// with its last message.
    private void again(int account, BodyCheck.Damaged damaged) throws SQLException, IOException {
        var now = body(account, damaged.body());
        if (now.isEmpty()) {
            return;
        }
        var where = now.get().where();
        boolean moved = !where.equals(damaged.where());
        if (!moved || !bodies.verify(where, now.get().digest())) {
            var file =
                    where.pack() == 0
                            ? "blob " + where.offset()
                            : "segment %d at %d".formatted(where.pack(), where.offset());
            findings.add(
                    Invariant.B3,
                    damaged.place().object("body %d in %s".formatted(damaged.body(), file)),
                    damaged.what());
        }
    }

    private record Kept(BodyPlace where, byte[] digest) {}

    private Optional<Kept> body(int account, long body) throws SQLException {
        return session.queryOne(
                """
                select pack_id, pack_off, pack_len, codec, size, sha256
                from body
                where account_id = ? and body_id = ?
                """,
                row -> new Kept(BodyCheck.where(row, 1).orElseThrow(), row.getBytes(6)),
                account,
                body);
    }

    /// Whether the database or the connection to it is not there any more.
    private static boolean isGone(SQLException e) {
        var state = e.getSQLState();
        return H2_CLOSED.contains(e.getErrorCode())
                || (state != null && (state.startsWith("08") || state.startsWith("57P")));
    }

    /// A part of the check.
    @FunctionalInterface
    private interface Part {
        void run() throws SQLException, IOException;
    }

    /// Does a part in a transaction; what cannot be read is a finding, and the next part goes on.
    private void attempt(Place place, Part part) throws SQLException {
        try {
            part.run();
        } catch (SQLException e) {
            if (isGone(e)) {
                throw new StoreUnavailable("the database cannot be asked any more", e);
            }
            findings.add(Invariant.R1, place, "the database says: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            findings.add(Invariant.R1, place, e.toString());
        } finally {
            session.rollback();
        }
    }
}
