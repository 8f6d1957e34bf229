package org.postrider.storage.jdbc.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that read, each with a thread of its own, because an interrupt of a thread inside H2
/// closes the database's file for everybody: who asks waits outside.
///
/// They read rows that never change, by keys that a published view holds, and the directory. Who
/// answered last is asked first: its connection is open and has its statements prepared, and where
/// few ask, few connections are made.
public final class Readers implements AutoCloseable {

    /// The embedded database was closed, or the connection to it: a write failed, and its lane
    /// opens it anew.
    private static final Set<String> H2_CLOSED = Set.of("90007", "90098", "90121");

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    /// A question to the database. It may be asked twice, so asking changes nothing.
    @FunctionalInterface
    public interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    private record Request<T>(Question<T> question, Answer<T> answer) {
        void serve(Session session) throws SQLException {
            answer.say(question.ask(session));
        }
    }

    /// Opens a connection.
    @FunctionalInterface
    public interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Request<?>> waiting = new ArrayDeque<>();

    /// What idle readers wait for, the one that answered last in front.
    private final ArrayDeque<Condition> idle = new ArrayDeque<>();

    private final List<Thread> threads = new ArrayList<>();

    private boolean closed;

    public Readers(String name, Opening opening, int count) {
        this.opening = opening;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().name(name + "-" + i).start(this::work));
        }
    }

    /// Asks and waits for the answer, whoever interrupts.
    public <T> T ask(Question<T> question) {
        return begin(question).await();
    }

    /// Asks; the answer comes while the caller does something else.
    public <T> Answer<T> begin(Question<T> question) {
        var request = new Request<>(question, new Answer<>());
        lock.lock();
        try {
            if (closed) {
                throw new StoreUnavailable("the store is closed");
            }
            waiting.add(request);
            if (!idle.isEmpty()) {
                idle.pop().signal();
            }
        } finally {
            lock.unlock();
        }
        return request.answer();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
        threads.forEach(thread -> Answer.uninterrupted(thread::join));
    }

    private void work() {
        var asked = lock.newCondition();
        Session session = null;
        for (var request = next(asked); request != null; request = next(asked)) {
            session = serve(request, session);
        }
        close(session);
    }

    /// Answers a request. A connection that was lost while nobody asked is made anew once; who only
    /// reads may ask twice, and who writes a chunk gets an error for the second.
    ///
    /// @return the connection, if it is still good
    private @Nullable Session serve(Request<?> request, @Nullable Session existing) {
        var session = existing;
        boolean again = existing != null;
        while (true) {
            try {
                session = session == null ? new Session(opening.open()) : session;
                request.serve(session);
                return session;
            } catch (SQLException | RuntimeException | Error e) {
                close(session);
                session = null;
                if (!again || !(e instanceof SQLException lost && isLost(lost))) {
                    request.answer().fail(e);
                    return null;
                }
                again = false;
            }
        }
    }

    private static boolean isLost(SQLException e) {
        var state = e.getSQLState();
        return state != null
                && (state.startsWith("08") || state.startsWith("57P") || H2_CLOSED.contains(state));
    }

    private @Nullable Request<?> next(Condition asked) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                idle.push(asked);
                asked.awaitUninterruptibly();
                idle.remove(asked);
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private static void close(@Nullable Session session) {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException e) {
                LOG.warn("closing a connection failed", e);
            }
        }
    }
}
