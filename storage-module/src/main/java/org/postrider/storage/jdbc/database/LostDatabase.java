package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Set;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.journal.JournaledPath;
import org.postrider.storage.mailbox.StoreUnavailable;

/// What is said when there are bodies and no database that goes with them: never is a store begun
/// anew beside the mail of another.
public final class LostDatabase {

    /// H2's codes that do not mean that the file is bad: locked, a wrong user or password.
    private static final Set<Integer> NOT_THE_FILE = Set.of(90020, 28000, 90013);

    private LostDatabase() {}

    /// Whether anything was ever stored here.
    public static boolean hasSegments(StoreSettings settings) throws IOException {
        var segments = settings.dataDirectory().resolve("segments");
        if (!Files.isDirectory(segments)) {
            return false;
        }
        try (var files = Files.list(segments)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".seg"));
        }
    }

    /// Refuses a store whose database is missing.
    public static void requireThere(StoreSettings settings) throws IOException {
        if (JournaledPath.isBlank(JournaledPath.file(settings.url())) && hasSegments(settings)) {
            throw missing(settings);
        }
    }

    static StoreUnavailable missing(StoreSettings settings) {
        return new StoreUnavailable(
                "there is mail in "
                        + settings.dataDirectory().resolve("segments")
                        + ", but its database "
                        + JournaledPath.file(settings.url())
                        + " is missing or has nothing in it. "
                        + remedy());
    }

    /// What is said of a database that does not open.
    public static StoreUnavailable explained(StoreSettings settings, SQLException e) {
        if (NOT_THE_FILE.contains(e.getErrorCode())) {
            return new StoreUnavailable("the store cannot be opened: " + e.getMessage(), e);
        }
        return new StoreUnavailable(
                "the database "
                        + JournaledPath.file(settings.url())
                        + " does not open ("
                        + e.getMessage()
                        + "). "
                        + remedy(),
                e);
    }

    private static String remedy() {
        return "Nothing was changed. Check that this is the right data directory and that its disk"
                + " is whole; then `postrider restore`, with the settings of `postrider serve`,"
                + " puts the damaged file aside and brings every message back from the last copy"
                + " and the segments";
    }
}
