package org.postrider.storage.jdbc.account;

import java.util.ArrayList;
import java.util.List;

/// What is in the log of a mailbox and not yet in its rows. While there is any, the rows of
/// `message` and `expunged` stay as the log has them at `applied`, whatever happens to the mailbox.
///
/// @param applied the rows show the log up to here
/// @param copies messages without rows of their own, by UID
public record Backlog(LogPosition applied, List<Copy> copies) {

    public Backlog {
        copies = List.copyOf(copies);
    }

    public static Backlog from(LogPosition applied) {
        return new Backlog(applied, List.of());
    }

    /// A record of copies that is not applied: what never changes of them is read from the rows of
    /// what they were copied from.
    ///
    /// @param first the UID of the first copy; those of the others follow without gaps
    /// @param at when it was made, milliseconds since 1970
    record Copy(LogPosition position, long at, long first, long last, int source, List<Run> runs) {

        Copy {
            runs = List.copyOf(runs);
        }

        static Copy of(LoggedChange logged, Change.Copied copied) {
            long first = copied.messages().getFirst().uid();
            long next = first;
            var runs = new ArrayList<Run>();
            for (var range : copied.sources().ranges()) {
                runs.add(new Run(next, next + range.size() - 1, next - range.first()));
                next += range.size();
            }
            return new Copy(logged.position(), logged.at(), first, next - 1, copied.source(), runs);
        }
    }

    /// Copies whose sources have no gaps either.
    ///
    /// @param shift how much the UIDs of the copies are above those of the sources
    record Run(long first, long last, long shift) {}

    /// With one more record.
    public Backlog with(LoggedChange logged) {
        if (!(logged.change() instanceof Change.Copied copied)) {
            return this;
        }
        var more = new ArrayList<>(copies);
        more.add(Copy.of(logged, copied));
        return new Backlog(applied, more);
    }

    /// What is left when the rows show the log up to there.
    public Backlog after(LogPosition position) {
        return new Backlog(
                position,
                copies.stream().filter(copy -> position.isBefore(copy.position())).toList());
    }
}
