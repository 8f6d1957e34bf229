package org.postrider.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Violation;

/// What a restore brought back, and what nobody can know.
///
/// @param copy when the copy of the database was made that it began with; empty: the segments alone
/// @param unreadable newer copies that did not open
/// @param names how many accounts and mailboxes the segments had that the copy had not
/// @param check what was found of the new database when its rows were looked at
/// @param violations the first of what is not as it must be
/// @param aside where the damaged file is now
public record RestoreReport(
        Optional<Instant> copy,
        List<Path> unreadable,
        long names,
        List<OfAccount> accounts,
        CheckReport check,
        List<Violation> violations,
        Optional<Path> aside) {

    /// What an account has of its mail.
    ///
    /// @param asCopied messages with the flags and in the mailboxes that they had in the copy
    /// @param arrived messages that were filed as they arrived, since the copy has not seen them
    /// @param recovered messages whose mailbox nobody knows: they are in one called Recovered
    /// @param gone messages that arrived and whose octets are in no segment: they were deleted for
    ///   good, or are lost
    /// @param settings whether its password, quota and subscriptions are known
    public record OfAccount(
            String address,
            long asCopied,
            long arrived,
            long recovered,
            long gone,
            boolean settings) {

        private String text() {
            var text = new StringBuilder("  " + address + ": ");
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%d messages as in the copy, %d as they arrived",
                            asCopied,
                            arrived));
            if (recovered > 0) {
                text.append(", ").append(recovered).append(" in Recovered");
            }
            if (gone > 0) {
                text.append(", ").append(gone).append(" not brought back");
            }
            if (!settings) {
                text.append("; password, quota and subscriptions are not the last ones");
            }
            return text.toString();
        }
    }

    private static final String SINCE_COPY =
            """


            What cannot be known: since that copy flags may have been set, messages moved, copied or
            deleted, mailboxes deleted. All of that is undone; a message that was deleted or moved
            since then is back where it was.
            """;

    private static final String SINCE_BEGIN =
            """


            What cannot be known: flags are those with which the messages came. Those that were moved
            are where they came in, and deleted ones whose octets are still there are back.
            """;

    private static final String GONE =
            """
            Not brought back are messages whose octets are in no segment: they were deleted for good
            earlier, or the segment that had them is missing or damaged.
            """;

    private static final String CLIENTS =
            """
            Clients will notice: every message counts as changed, new UIDs begin a million higher.
            """;

    public RestoreReport {
        unreadable = List.copyOf(unreadable);
        accounts = List.copyOf(accounts);
        violations = List.copyOf(violations);
    }

    /// How many messages the segments had that the copy had not.
    public long messages() {
        return accounts.stream().mapToLong(each -> each.arrived() + each.recovered()).sum();
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
                        .formatted(messages(), names));
        aside.ifPresent(path -> lines.add("  The damaged file is now " + path));
        lines.add("");
        accounts.forEach(each -> lines.add(each.text()));
        lines.add("");
        lines.add(checked());
        violations.forEach(each -> lines.add("  " + each));
        boolean gone = accounts.stream().anyMatch(each -> each.gone() > 0);
        return String.join("\n", lines)
                + (copy.isPresent() ? SINCE_COPY : SINCE_BEGIN)
                + (gone ? GONE : "")
                + CLIENTS;
    }

    private String checked() {
        return check.clean()
                ? "  The rows of the new database were checked: all is as it must be. `postrider check"
                        + " --deep` reads the octets of every message too."
                : "  The rows of the new database were checked: %d times something is not as it must be (docs/invariants.md says what helps)."
                        .formatted(check.found());
    }
}
