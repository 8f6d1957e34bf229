package org.postrider.storage.jdbc.search;

import java.io.IOException;
import org.postrider.storage.mailbox.Criterion;

/// Whether a message fits, as far as is known.
enum Verdict {
    YES,
    NO,
    OPEN;

    /// What is known of the criteria that hold no others.
    interface Known {

        Verdict test(Criterion.OfView criterion) throws IOException;

        Verdict test(Criterion.OfMeta criterion) throws IOException;

        Verdict test(Criterion.OfText criterion) throws IOException;
    }

    static Verdict of(boolean fits) {
        return fits ? YES : NO;
    }

    static Verdict of(Criterion criterion, Known known) throws IOException {
        return switch (criterion) {
            case Criterion.All _ -> YES;
            case Criterion.And and -> all(and, known);
            case Criterion.Or or -> either(or, known);
            case Criterion.Not(var not) -> of(not, known).negated();
            case Criterion.OfView view -> known.test(view);
            case Criterion.OfMeta meta -> known.test(meta);
            case Criterion.OfText text -> known.test(text);
        };
    }

    private Verdict negated() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case OPEN -> OPEN;
        };
    }

    private static Verdict all(Criterion.And and, Known known) throws IOException {
        var verdict = YES;
        for (var each : and.all()) {
            switch (of(each, known)) {
                case NO -> {
                    return NO;
                }
                case OPEN -> verdict = OPEN;
                case YES -> {}
            }
        }
        return verdict;
    }

    private static Verdict either(Criterion.Or or, Known known) throws IOException {
        var first = of(or.one(), known);
        if (first == YES) {
            return YES;
        }
        var second = of(or.other(), known);
        return second == YES || first == NO ? second : first;
    }
}
