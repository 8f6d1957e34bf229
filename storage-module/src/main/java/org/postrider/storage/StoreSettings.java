package org.postrider.storage;

import java.nio.file.Path;
import java.time.Duration;

/// Where a store keeps its rows and octets, and how much it may use.
///
/// @param url JDBC URL: `jdbc:h2:file:<path>` without settings, or `jdbc:postgresql:…`
/// @param user the database user
/// @param password that user's password
/// @param dataDirectory where body segments and spool files lie
/// @param limits what is bounded
/// @param allowUnsafeDatabase accepts a PostgreSQL server that does not force its log: for contract
///   tests only
public record StoreSettings(
        String url,
        String user,
        String password,
        Path dataDirectory,
        Limits limits,
        boolean allowUnsafeDatabase) {

    /// The name of the embedded database's file in the data directory.
    private static final String EMBEDDED_NAME = "postrider";

    public StoreSettings {
        if (!url.startsWith("jdbc:h2:file:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "the database must be jdbc:h2:file:… or jdbc:postgresql:…, not " + url);
        }
        if (url.startsWith("jdbc:h2:") && url.indexOf(';') >= 0) {
            throw new IllegalArgumentException(
                    "the store chooses H2's settings itself; the URL must have none: " + url);
        }
    }

    /// A store on any database, with the usual limits.
    public static StoreSettings of(String url, String user, String password, Path dataDirectory) {
        return new StoreSettings(url, user, password, dataDirectory, Limits.USUAL, false);
    }

    /// A store that needs nothing but a directory.
    public static StoreSettings embedded(Path dataDirectory) {
        var file = dataDirectory.resolve(EMBEDDED_NAME).toAbsolutePath();
        return of("jdbc:h2:file:" + file, "postrider", "", dataDirectory);
    }

    public StoreSettings withLimits(Limits changed) {
        return new StoreSettings(url, user, password, dataDirectory, changed, allowUnsafeDatabase);
    }

    public StoreSettings allowingUnsafeDatabase() {
        return new StoreSettings(url, user, password, dataDirectory, limits, true);
    }

    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }

    /// What is bounded in a store.
    ///
    /// @param lanes group committers on PostgreSQL; H2 always has one
    /// @param groupCommands the most commands in one transaction
    /// @param groupOctets the most body octets in one transaction, unless one command has more
    /// @param waitingCommands commands in front of a lane before callers block
    /// @param readers connections that read
    /// @param stagedInMemory octets of a message kept in memory before it goes to disk
    /// @param stagingMemory octets of all messages being received that may be in memory together
    /// @param cachedMessages messages in views that no session follows
    /// @param cachedAccounts accounts whose mailbox figures are kept in memory
    /// @param segmentOctets when a segment file is full
    /// @param undelete how long an expunged message can be brought back
    public record Limits(
            int lanes,
            int groupCommands,
            long groupOctets,
            int waitingCommands,
            int readers,
            int stagedInMemory,
            long stagingMemory,
            int cachedMessages,
            int cachedAccounts,
            long segmentOctets,
            Duration undelete) {

        public static final Limits USUAL =
                new Limits(
                        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4),
                        128,
                        8L << 20,
                        4096,
                        8,
                        512 << 10,
                        Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 8),
                        2_000_000,
                        10_000,
                        256L << 20,
                        Duration.ofDays(7));

        public Limits {
            if (lanes < 1 || lanes > 16 || groupCommands < 1 || readers < 1) {
                throw new IllegalArgumentException("lanes, commands and readers must be positive");
            }
        }
    }
}
