package org.postrider.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How many octets one question to a database was answered with, at most: what a driver has in
/// memory of an answer that it does not fetch piece by piece.
final class LargestResult {

    private final AtomicLong octets = new AtomicLong();

    long octets() {
        return octets.get();
    }

    /// The same connection, looked at.
    Connection watched(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                made -> made instanceof PreparedStatement statement ? watched(statement) : made);
    }

    private PreparedStatement watched(PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                statement,
                made -> made instanceof ResultSet rows ? watched(rows) : made);
    }

    private ResultSet watched(ResultSet rows) {
        var sum = new AtomicLong();
        return proxy(
                ResultSet.class,
                rows,
                read -> {
                    if (read instanceof byte[] column) {
                        octets.accumulateAndGet(sum.addAndGet(column.length), Math::max);
                    }
                    return read;
                });
    }

    /// What is to be handed out in place of what a method returned.
    @FunctionalInterface
    private interface Look {
        @Nullable Object at(@Nullable Object returned);
    }

    private static <T> T proxy(Class<T> type, T target, Look look) {
        return JdbcProxy.of(
                type, (method, arguments) -> look.at(JdbcProxy.call(target, method, arguments)));
    }
}
