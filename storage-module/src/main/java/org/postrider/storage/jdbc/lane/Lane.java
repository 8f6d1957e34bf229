package org.postrider.storage.jdbc.lane;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.database.Answer;
import org.postrider.storage.jdbc.database.Patience;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.database.StoreFailed;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A group committer: one thread and one connection that carry out mutations, as many in one
/// transaction as are waiting. Callers are told after their group is durable and its views are
/// published.
///
/// A group that fails is rolled back and its commands are run one by one, so that a command that
/// fails does so alone. A platform thread that nobody interrupts: an interrupt inside H2 closes the
/// database's file.
public final class Lane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final int stream;
    private final LaneParts parts;
    private final LaneQueue queue;
    private final FeedStream feed;
    private final Thread thread;

    private @Nullable Session session;

    /// A group of which nobody knows whether it was committed. It stays while the database cannot
    /// be asked; those who waited for the group have been told then.
    private @Nullable CommitInDoubt unknown;

    private volatile @Nullable Throwable stopped;

    public Lane(int stream, LaneParts parts) throws SQLException {
        this.stream = stream;
        this.parts = parts;
        this.queue = new LaneQueue(parts.limits().writing(), parts.limits().ranges().rest());
        this.feed = new FeedStream(stream);
        var first =
                Patience.with(() -> parts.dialect().openLane(stream), parts.dialect()::isHopeless);
        this.session = first;
        this.feed.open(first);
        this.thread = Thread.ofPlatform().name("lane-" + stream).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /// Has a command carried out and waits for its result.
    <T> T call(LaneCommand<T> command) {
        return put(command).result();
    }

    /// Has a command carried out some time.
    <T> Ticket<T> put(LaneCommand<T> command) {
        var ticket = new Ticket<>(command);
        queue.put(ticket);
        return ticket;
    }

    /// How many commands are in front of it.
    int waiting() {
        return queue.waiting();
    }

    /// Finishes what waits, then ends.
    @Override
    public void close() {
        queue.close();
        Answer.uninterrupted(thread::join);
    }

    private void work() {
        for (var group = queue.take(); !group.isEmpty(); group = queue.take()) {
            serve(group, false);
            parts.registry().trim();
            tidy(false);
        }
        tidy(true);
        disconnect();
    }

    private void tidy(boolean last) {
        if (session == null || stopped != null) {
            return;
        }
        try {
            parts.dialect().tidy(session, last);
        } catch (StoreFailed e) {
            stop(e);
        } catch (SQLException e) {
            LOG.warn("the connection is given up", e);
            giveUp();
        }
    }

    /// @param last whether the command, which is alone then, has failed once already
    private void serve(List<Ticket<?>> group, boolean last) {
        if (stopped != null) {
            fail(group, stopped);
            return;
        }
        try {
            settleUnknown();
            run(group, true);
        } catch (StoreUnavailable e) {
            LOG.error("a group of {} was not carried out, or nobody knows", group.size(), e);
            fail(group, e);
        } catch (StoreFailed | Error e) {
            stop(e);
            fail(group, e);
        } catch (SQLException | IOException | RuntimeException e) {
            recover(e);
            if (last) {
                LOG.error("a command failed", e);
                fail(group, e);
            } else {
                LOG.warn(
                        "a group of {} failed, its commands are run again one by one",
                        group.size(),
                        e);
                group.forEach(ticket -> serve(List.of(ticket), true));
            }
        }
    }

    /// @param again whether a group of which nothing was found after a doubt is run once more
    private void run(List<Ticket<?>> group, boolean again)
            throws SQLException, IOException, StoreFailed {
        try {
            var commit = new GroupCommit(parts, connected(), feed, group);
            commit.run();
            commit.behind().forEach(queue::applyLater);
        } catch (CommitInDoubt doubt) {
            LOG.warn("asking the database whether a group was committed", doubt);
            giveUp();
            unknown = doubt;
            if (settleUnknown()) {
                return;
            }
            if (!again) {
                throw doubt.failure();
            }
            run(group, false);
        }
    }

    /// Finds out what became of a group in doubt. One that was committed is published, though those
    /// who were told that nobody knows are not told again.
    ///
    /// @return whether there was one, and it was committed
    private boolean settleUnknown() throws StoreFailed {
        var doubt = unknown;
        if (doubt == null) {
            return false;
        }
        var fresh = connected();
        boolean committed = feed.next() > doubt.number();
        if (committed) {
            force(fresh);
            doubt.group().publish();
            doubt.group().behind().forEach(queue::applyLater);
        }
        unknown = null;
        return committed;
    }

    /// Has a group on the disk that was found to be committed.
    private void force(Session fresh) throws StoreFailed {
        try {
            parts.dialect().force(fresh);
        } catch (SQLException e) {
            giveUp();
            throw new StoreUnavailable("a commit is not known to be on the disk", e);
        }
    }

    /// After this failure nothing is promised any more.
    private void stop(Throwable cause) {
        LOG.error("the store stops accepting changes; restart the server", cause);
        stopped = cause;
        recover(cause);
    }

    private static void fail(List<Ticket<?>> group, Throwable cause) {
        group.forEach(ticket -> ticket.fail(cause));
    }

    /// Makes the connection fit for the next group.
    private void recover(Throwable cause) {
        try {
            if (session != null) {
                session.rollback();
            }
        } catch (SQLException e) {
            e.addSuppressed(cause);
            LOG.warn("the connection is given up", e);
            giveUp();
        }
    }

    /// The connection, made anew when there is none.
    ///
    /// @throws StoreUnavailable when the database cannot be reached for a while; whether a group in
    ///   doubt was committed is then not known, and it must not be run again
    private Session connected() {
        var existing = session;
        if (existing != null && parts.dialect().isFound(existing)) {
            return existing;
        }
        disconnect();
        try {
            return Patience.with(
                    this::connect, e -> queue.isClosed() || parts.dialect().isHopeless(e));
        } catch (SQLException e) {
            throw new StoreUnavailable("the database cannot be reached", e);
        }
    }

    private Session connect() throws SQLException {
        var fresh = parts.dialect().openLane(stream);
        session = fresh;
        try {
            feed.catchUp(fresh);
            return fresh;
        } catch (SQLException e) {
            disconnect();
            throw e;
        }
    }

    /// Leaves a connection that is not to be trusted.
    private void giveUp() {
        if (session != null) {
            parts.dialect().abandon(session);
        }
        disconnect();
    }

    private void disconnect() {
        var existing = session;
        session = null;
        if (existing != null) {
            try {
                existing.close();
            } catch (SQLException e) {
                LOG.warn("closing a connection failed", e);
            }
        }
    }
}
