package org.postrider.storage.jdbc.check;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.check.Violation;

/// What a check has looked at and found so far. Violations are handed on as they are found, and
/// counted.
final class Findings {

    private final Consumer<Violation> consumer;
    private final Map<Invariant, Long> violations = new EnumMap<>(Invariant.class);

    long accounts;
    long mailboxes;
    long messages;
    long bodies;
    long octets;

    Findings(Consumer<Violation> consumer) {
        this.consumer = consumer;
    }

    void add(Invariant invariant, Place place, String what) {
        violations.merge(invariant, 1L, Long::sum);
        consumer.accept(new Violation(invariant, place, what));
    }

    CheckReport report() {
        return new CheckReport(accounts, mailboxes, messages, bodies, octets, violations);
    }
}
