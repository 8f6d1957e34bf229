package org.postrider.imap.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.UidSet;

/// Messages of one view by their index: ascending spans that neither touch nor overlap.
///
/// @param spans the spans, ascending
public record IndexSet(List<Span> spans) {

    public static final IndexSet EMPTY = new IndexSet(List.of());

    /// The indexes from `from` on, without `to`.
    public record Span(int from, int to) {
        public Span {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("not a span: " + from + ", " + to);
            }
        }
    }

    /// Takes one index after the other.
    @FunctionalInterface
    public interface Each {
        void accept(int index) throws IOException;
    }

    public IndexSet {
        spans = merged(spans);
    }

    static IndexSet all(MailboxView view) {
        return view.size() == 0 ? EMPTY : new IndexSet(List.of(new Span(0, view.size())));
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    public int size() {
        return spans.stream().mapToInt(span -> span.to() - span.from()).sum();
    }

    public boolean contains(int index) {
        int low = 0;
        int high = spans.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var span = spans.get(middle);
            if (index < span.from()) {
                high = middle - 1;
            } else if (index >= span.to()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    public void forEach(Each each) throws IOException {
        for (var span : spans) {
            for (int index = span.from(); index < span.to(); index++) {
                each.accept(index);
            }
        }
    }

    /// The set in pieces of at most `most` messages.
    public List<IndexSet> pieces(int most) {
        var pieces = new ArrayList<IndexSet>();
        var piece = new ArrayList<Span>();
        int room = most;
        for (var span : spans) {
            int from = span.from();
            while (from < span.to()) {
                int to = Math.min(span.to(), from + room);
                piece.add(new Span(from, to));
                room -= to - from;
                from = to;
                if (room == 0) {
                    pieces.add(new IndexSet(piece));
                    piece.clear();
                    room = most;
                }
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(new IndexSet(piece));
        }
        return pieces;
    }

    private static List<Span> merged(List<Span> spans) {
        if (spans.size() < 2) {
            return List.copyOf(spans);
        }
        var sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::from));
        var merged = new ArrayList<Span>(sorted.size());
        for (var span : sorted) {
            if (!merged.isEmpty() && span.from() <= merged.getLast().to()) {
                var before = merged.removeLast();
                merged.add(new Span(before.from(), Math.max(before.to(), span.to())));
            } else {
                merged.add(span);
            }
        }
        return List.copyOf(merged);
    }

    /// The UIDs of these messages, and no others that lie between them.
    UidSet uids(MailboxView view) {
        var ranges = new ArrayList<UidSet.Range>();
        for (var span : spans) {
            long first = view.uid(span.from());
            long last = first;
            for (int index = span.from() + 1; index < span.to(); index++) {
                long uid = view.uid(index);
                if (uid != last + 1) {
                    ranges.add(new UidSet.Range(first, last));
                    first = uid;
                }
                last = uid;
            }
            ranges.add(new UidSet.Range(first, last));
        }
        return new UidSet(ranges);
    }
}
