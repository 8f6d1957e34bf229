package org.postrider.storage.jdbc.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.postrider.storage.mailbox.UidSet;

/// The mailboxes of an account whose rows are behind the log, deleted ones too.
public record Backlogs(Map<Integer, Backlog> mailboxes) {

    public static final Backlogs NONE = new Backlogs(Map.of());

    public Backlogs {
        mailboxes = Map.copyOf(mailboxes);
    }

    public boolean isEmpty() {
        return mailboxes.isEmpty();
    }

    public boolean has(int mailbox) {
        return mailboxes.containsKey(mailbox);
    }

    public Set<Integer> numbers() {
        return mailboxes.keySet();
    }

    public Optional<Backlog> of(int mailbox) {
        return Optional.ofNullable(mailboxes.get(mailbox));
    }

    /// Whether a record is not yet in the rows of its mailbox.
    public boolean waits(LoggedChange logged) {
        return of(logged.mailbox())
                .map(backlog -> backlog.applied().isBefore(logged.position()))
                .orElse(false);
    }

    /// The place in the log behind which a record of any of them may wait.
    public LogPosition first() {
        return positions().stream()
                .min(LogPosition::compareTo)
                .orElseThrow(() -> new IllegalStateException("nothing waits"));
    }

    private Collection<LogPosition> positions() {
        return mailboxes.values().stream().map(Backlog::applied).toList();
    }

    public Backlogs with(int mailbox, Backlog backlog) {
        var changed = new HashMap<>(mailboxes);
        changed.put(mailbox, backlog);
        return new Backlogs(changed);
    }

    /// With one more record, if its mailbox is among these.
    public Backlogs with(LoggedChange logged) {
        return of(logged.mailbox())
                .map(backlog -> with(logged.mailbox(), backlog.with(logged)))
                .orElse(this);
    }

    public Backlogs without(int mailbox) {
        var changed = new HashMap<>(mailboxes);
        changed.remove(mailbox);
        return new Backlogs(changed);
    }

    /// Messages without gaps in their UIDs, and the rows that say what never changes of them.
    ///
    /// @param mailbox whose rows
    /// @param first the first UID there
    /// @param shift how much the UIDs of the messages are above those
    /// @param saved when they came into their mailbox, where the rows say it of something else
    public record Place(int mailbox, long first, long last, long shift, OptionalLong saved) {

        private static Place own(int mailbox, UidSet.Range uids) {
            return new Place(mailbox, uids.first(), uids.last(), 0, OptionalLong.empty());
        }

        private Place part(long from, long to) {
            return new Place(mailbox, from, to, shift, saved);
        }

        /// Where the messages of this place that are copies come from.
        private Place source(Backlog.Copy copy, Backlog.Run run) {
            long from = Math.max(run.first(), first);
            long to = Math.min(run.last(), last);
            return new Place(
                    copy.source(),
                    from - run.shift(),
                    to - run.shift(),
                    shift + run.shift(),
                    saved.isPresent() ? saved : OptionalLong.of(copy.at()));
        }

        /// The UID of the message of which a row says another.
        public long uid(long there) {
            return there + shift;
        }

        /// When the message came into its mailbox.
        public long saved(long there) {
            return saved.orElse(there);
        }

        /// The UIDs of the messages.
        public UidSet.Range uids() {
            return new UidSet.Range(first + shift, last + shift);
        }
    }

    /// Where to read what never changes of messages, in the order of their UIDs: in their own rows,
    /// or, of copies that are not applied, in those of what was copied.
    public List<Place> places(int mailbox, UidSet uids) {
        var places = new ArrayList<Place>();
        for (var range : uids.ranges()) {
            find(Place.own(mailbox, range), places);
        }
        return places;
    }

    private void find(Place wanted, List<Place> found) {
        var backlog = mailboxes.get(wanted.mailbox());
        long from = wanted.first();
        for (var copy : backlog == null ? List.<Backlog.Copy>of() : backlog.copies()) {
            if (copy.last() < from || copy.first() > wanted.last()) {
                continue;
            }
            if (from < copy.first()) {
                found.add(wanted.part(from, copy.first() - 1));
            }
            long end = Math.min(copy.last(), wanted.last());
            findCopied(copy, wanted.part(Math.max(from, copy.first()), end), found);
            from = end + 1;
        }
        if (from <= wanted.last()) {
            found.add(wanted.part(from, wanted.last()));
        }
    }

    private void findCopied(Backlog.Copy copy, Place wanted, List<Place> found) {
        for (var run : copy.runs()) {
            if (run.first() <= wanted.last() && run.last() >= wanted.first()) {
                find(wanted.source(copy, run), found);
            }
        }
    }
}
