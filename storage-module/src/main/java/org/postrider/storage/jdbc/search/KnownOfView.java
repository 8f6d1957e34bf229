package org.postrider.storage.jdbc.search;

import java.time.Instant;
import java.time.LocalDate;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxView;

/// What the view tells of one message after the other.
final class KnownOfView implements Verdict.Known {

    private static final long SECONDS_A_DAY = 86_400;

    private final MailboxView view;
    private int index;

    KnownOfView(MailboxView view) {
        this.view = view;
    }

    /// The message that is looked at from now on.
    KnownOfView at(int message) {
        index = message;
        return this;
    }

    @Override
    public Verdict test(Criterion.OfView criterion) {
        return Verdict.of(
                switch (criterion) {
                    case Criterion.Flagged(var flag) -> view.flags(index).has(flag);
                    case Criterion.Keyword(var keyword) -> has(view.flags(index), keyword);
                    case Criterion.Larger(var octets) -> view.octets(index) > octets;
                    case Criterion.Smaller(var octets) -> view.octets(index) < octets;
                    case Criterion.Received(var from, var to) ->
                            isIn(view.internalDate(index), from, to);
                    case Criterion.Uids(var uids) -> uids.contains(view.uid(index));
                    case Criterion.ChangedSince(var modSeq) -> view.modSeq(index).value() >= modSeq;
                });
    }

    @Override
    public Verdict test(Criterion.OfMeta criterion) {
        return Verdict.OPEN;
    }

    @Override
    public Verdict test(Criterion.OfText criterion) {
        return Verdict.OPEN;
    }

    /// Dates are told in UTC, so the day is the day in UTC.
    static boolean isIn(Instant date, LocalDate from, LocalDate to) {
        long day = Math.floorDiv(date.getEpochSecond(), SECONDS_A_DAY);
        return day >= from.toEpochDay() && day < to.toEpochDay();
    }

    private static boolean has(Flags flags, String keyword) {
        for (var each : flags.keywords()) {
            if (each.equalsIgnoreCase(keyword)) {
                return true;
            }
        }
        return false;
    }
}
