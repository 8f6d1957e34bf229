package org.postrider.storage.check;

import java.util.Map;

/// What a check has looked at and found.
///
/// @param messages the messages, expunged ones that are still kept among them
/// @param bodies the bodies whose rows were looked at
/// @param octets the octets of bodies that were read; 0 unless it was deep
/// @param violations how many of each invariant; none that holds is among them
public record CheckReport(
        long accounts,
        long mailboxes,
        long messages,
        long bodies,
        long octets,
        Map<Invariant, Long> violations) {

    public CheckReport {
        violations = Map.copyOf(violations);
    }

    public boolean clean() {
        return violations.isEmpty();
    }

    /// How many invariants were found violated, each place counted.
    public long found() {
        return violations.values().stream().mapToLong(Long::longValue).sum();
    }
}
