package org.postrider.imap.command;

import java.time.LocalDate;
import java.util.IdentityHashMap;
import org.postrider.imap.session.IndexSet;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.SearchKey;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Flags;

/// Searches as far as the view knows: flags, sizes, dates, numbers. What only the message itself
/// can tell stays open, and often the rest decides without it.
final class ViewSearch {

    /// Whether a message fits.
    enum Verdict {
        YES,
        NO,
        OPEN;

        Verdict negated() {
            return switch (this) {
                case YES -> NO;
                case NO -> YES;
                case OPEN -> OPEN;
            };
        }

        static Verdict of(boolean fits) {
            return fits ? YES : NO;
        }
    }

    private static final long SECONDS_A_DAY = 86_400;

    private final SelectedView view;
    private final IdentityHashMap<SearchKey, IndexSet> sets = new IdentityHashMap<>();

    ViewSearch(SelectedView view, SearchKey key) throws SyntaxError {
        this.view = view;
        resolve(key);
    }

    private void resolve(SearchKey key) throws SyntaxError {
        switch (key) {
            case SearchKey.Messages messages ->
                    sets.put(key, view.resolve(messages.set(), messages.numbering()));
            case SearchKey.Not(var inner) -> resolve(inner);
            case SearchKey.Or(var one, var other) -> {
                resolve(one);
                resolve(other);
            }
            case SearchKey.And(var keys) -> {
                for (var inner : keys) {
                    resolve(inner);
                }
            }
            case SearchKey.All _, SearchKey.Flagged _, SearchKey.Keyword _, SearchKey.Recent _ -> {}
            case SearchKey.Received _, SearchKey.Sent _, SearchKey.Larger _ -> {}
            case SearchKey.Smaller _, SearchKey.Header _, SearchKey.Body _ -> {}
            case SearchKey.Text _ -> {}
        }
    }

    Verdict test(SearchKey key, int index) {
        return switch (key) {
            case SearchKey.All _ -> Verdict.YES;
            case SearchKey.Flagged(var flag) -> Verdict.of(view.flags(index).has(flag));
            case SearchKey.Keyword(var word) -> Verdict.of(has(view.flags(index), word));
            case SearchKey.Recent _ -> Verdict.of(view.isRecent(index));
            case SearchKey.Received(var from, var to) -> Verdict.of(isReceived(index, from, to));
            case SearchKey.Larger(var octets) -> Verdict.of(view.shown().octets(index) > octets);
            case SearchKey.Smaller(var octets) -> Verdict.of(view.shown().octets(index) < octets);
            case SearchKey.Messages messages -> Verdict.of(isIn(messages, index));
            case SearchKey.Not(var inner) -> test(inner, index).negated();
            case SearchKey.Or(var one, var other) -> either(one, other, index);
            case SearchKey.And and -> all(and, index);
            case SearchKey.Sent _, SearchKey.Header _, SearchKey.Body _, SearchKey.Text _ ->
                    Verdict.OPEN;
        };
    }

    private Verdict either(SearchKey one, SearchKey other, int index) {
        var first = test(one, index);
        if (first == Verdict.YES) {
            return Verdict.YES;
        }
        var second = test(other, index);
        return second == Verdict.YES || first == Verdict.NO ? second : first;
    }

    private Verdict all(SearchKey.And and, int index) {
        var verdict = Verdict.YES;
        for (var key : and.keys()) {
            switch (test(key, index)) {
                case NO -> {
                    return Verdict.NO;
                }
                case OPEN -> verdict = Verdict.OPEN;
                case YES -> {}
            }
        }
        return verdict;
    }

    private boolean isIn(SearchKey.Messages key, int index) {
        return sets.getOrDefault(key, IndexSet.EMPTY).contains(index);
    }

    /// INTERNALDATE is told in UTC, so its day is the day in UTC.
    private boolean isReceived(int index, LocalDate from, LocalDate to) {
        long day = Math.floorDiv(view.shown().internalDate(index).getEpochSecond(), SECONDS_A_DAY);
        return day >= from.toEpochDay() && day < to.toEpochDay();
    }

    private static boolean has(Flags flags, String keyword) {
        return flags.keywords().stream().anyMatch(keyword::equalsIgnoreCase);
    }
}
