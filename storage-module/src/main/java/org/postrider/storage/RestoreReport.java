package org.postrider.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a restore brought back, and what nobody can know.
///
/// @param copy when the copy of the database was made that it began with; empty: the segments alone
/// @param unreadable newer copies that did not open
/// @param messages how many messages the segments had that the copy had not
/// @param names how many accounts and mailboxes
/// @param lost how many messages the segments name whose octets are gone or damaged
/// @param aside where the damaged file is now
public record RestoreReport(
        Optional<Instant> copy,
        List<Path> unreadable,
        long messages,
        long names,
        long lost,
        Optional<Path> aside) {

    private static final String SINCE_COPY =
            """


            What cannot be known: since that copy flags may have been set, messages moved, copied or
            deleted, mailboxes deleted, passwords changed. All of that is undone; a message that was
            deleted or moved since then is back where it was.
            """;

    private static final String SINCE_BEGIN =
            """


            What cannot be known: flags are those with which the messages came. Those that were moved
            are where they came in, deleted ones are back; passwords, quotas and subscriptions are the
            first.
            """;

    private static final String CLIENTS =
            """
            Clients will notice: every message counts as changed, new UIDs begin a million higher.
            """;

    public RestoreReport {
        unreadable = List.copyOf(unreadable);
    }

    /// The account for the person who asked for it.
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("The mail store was restored.");
        lines.add("");
        unreadable.forEach(file -> lines.add("  Not used, as it does not open: " + file));
        lines.add(
                copy.map(made -> "  The database is the copy of " + made + ".")
                        .orElse("  There was no copy: the segments alone made the database."));
        lines.add(
                "  Brought back from the segments: %d messages, %d accounts and mailboxes."
                        .formatted(messages, names));
        if (lost > 0) {
            lines.add("  LOST: %d messages whose octets the segments lack.".formatted(lost));
        }
        aside.ifPresent(path -> lines.add("  The damaged file is now " + path));
        return String.join("\n", lines) + (copy.isPresent() ? SINCE_COPY : SINCE_BEGIN) + CLIENTS;
    }
}
