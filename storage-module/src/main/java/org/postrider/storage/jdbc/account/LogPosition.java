package org.postrider.storage.jdbc.account;

import java.util.Comparator;

/// A place in the change log of an account: behind the record of this number.
///
/// @param seq tells the records of one command apart; 0 is before the first of them
public record LogPosition(long modSeq, int seq) implements Comparable<LogPosition> {

    /// Behind every record of a command.
    public static final int ALL = Short.MAX_VALUE;

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::modSeq).thenComparingInt(LogPosition::seq);

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }

    public boolean isBefore(LogPosition other) {
        return compareTo(other) < 0;
    }
}
