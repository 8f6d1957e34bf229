package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.StagingMemory;

/// What differs between the two databases.
public sealed interface Dialect permits H2Dialect, PostgresDialect {

    /// The file of the database, where it is one of ours.
    Optional<Path> file();

    /// Where the migrations are that only this database has.
    String migrations();

    /// What the migrations' placeholders stand for.
    Map<String, String> placeholders();

    /// Refuses a server on which the store would not be durable.
    void check(Connection connection) throws SQLException;

    /// The URL over which the schema is brought up to date.
    String url();

    /// A session for a lane: nothing commits by itself, and no other process has one for the same
    /// lane.
    Session openLane(int stream) throws SQLException;

    /// Whether a connection that could not be opened will not be a moment later either.
    boolean isHopeless(SQLException e);

    /// Whether readers find the database of the lane. Where not, it is closed and must be opened
    /// anew.
    boolean isFound(Session session);

    /// Gives up a connection after whose failure nobody knows what the database holds in memory.
    void abandon(Session session);

    /// Whom a reader tells that it did not find it.
    void whenStranded(Runnable told);

    /// A connection that can only read.
    Connection openReader() throws SQLException;

    /// A connection that can only read, and sees one moment in each transaction.
    Connection openCheck() throws SQLException;

    /// Whether a reader may look at rows that change. Where not, a lane reads them.
    boolean readersSeeOnlyWhatIsDurable();

    /// Whether the disk has room for a message of so many octets.
    boolean hasRoom(long octets);

    /// Where the bodies are.
    ///
    /// @param ids what numbers them in the database
    BodyStore bodies(Readers readers, BodyIds ids, StagingMemory memory) throws IOException;

    /// After a commit: returns when it is on the disk.
    ///
    /// @throws StoreFailed when the disk does not confirm it: then nobody knows what is there
    /// @throws SQLException when it failed otherwise
    void force(Session session) throws SQLException, StoreFailed;

    /// Between two groups, when the callers of the first were told: keeps the database in order.
    ///
    /// @param last whether no group will follow
    /// @throws StoreFailed as [#force]
    void tidy(Session session, boolean last) throws SQLException, StoreFailed;

    /// Before a commit: it need not be on the disk when it returns.
    void relax(Session session) throws SQLException;

    /// What copies the database while it is used, where that is ours to do.
    Optional<DatabaseCopies> copies(InstantSource clock);

    /// How many lanes may write.
    int lanes();

    /// Whether a commit that failed so may have happened all the same. If not, it has not.
    boolean isInDoubt(SQLException e);
}
