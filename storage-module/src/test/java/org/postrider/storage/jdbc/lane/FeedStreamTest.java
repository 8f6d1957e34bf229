package org.postrider.storage.jdbc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.database.Session;

/// How a lane learns what became of a group whose commit got no answer.
class FeedStreamTest {

    @Test
    void aGroupThatWasCommittedWithoutAnAnswerIsNotNumberedAgain() throws SQLException {
        try (var first = session();
                var second = session()) {
            first.update(
                    """
                    create table feed (
                      stream_id int, n bigint, at bigint, data varbinary(1000),
                      primary key (stream_id, n))
                    """);
            var feed = new FeedStream(3);
            feed.open(first);
            feed.add(first, List.of(), 0);
            first.commit();
            assertThat(feed.next()).isEqualTo(1);

            feed.catchUp(second);

            assertThat(feed.next()).isEqualTo(2);
            feed.add(second, List.of(), 0);
            second.rollback();
            feed.catchUp(second);
            assertThat(feed.next()).isEqualTo(2);
        }
    }

    private static Session session() throws SQLException {
        var connection = DriverManager.getConnection("jdbc:h2:mem:feed");
        connection.setAutoCommit(false);
        return new Session(connection);
    }
}
