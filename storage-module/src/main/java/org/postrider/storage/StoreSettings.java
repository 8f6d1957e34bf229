package org.postrider.storage;

import java.nio.file.Path;
import org.postrider.storage.jdbc.journal.JournaledPath;

/// Where a store keeps its rows and octets, and how much it may use.
///
/// @param url JDBC URL: `jdbc:h2:file:<path>` without settings, or `jdbc:postgresql:…`; H2's file
///   gets its journal
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
        StoreLimits limits,
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
        if (url.startsWith("jdbc:h2:")) {
            url = JournaledPath.url(url);
        }
    }

    /// A store on any database, with the usual limits.
    public static StoreSettings of(String url, String user, String password, Path dataDirectory) {
        return new StoreSettings(url, user, password, dataDirectory, StoreLimits.USUAL, false);
    }

    /// A store that needs nothing but a directory.
    public static StoreSettings embedded(Path dataDirectory) {
        var file = dataDirectory.resolve(EMBEDDED_NAME).toAbsolutePath();
        return of("jdbc:h2:file:" + file, "postrider", "", dataDirectory);
    }

    public StoreSettings withLimits(StoreLimits changed) {
        return new StoreSettings(url, user, password, dataDirectory, changed, allowUnsafeDatabase);
    }

    public StoreSettings allowingUnsafeDatabase() {
        return new StoreSettings(url, user, password, dataDirectory, limits, true);
    }

    /// The URL as people write it.
    public String writtenUrl() {
        return JournaledPath.written(url);
    }

    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }
}
