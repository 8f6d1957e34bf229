package org.postrider.storage.check;

/// An invariant that does not hold somewhere.
///
/// @param what what is there, and what should be
public record Violation(Invariant invariant, Place place, String what) {

    /// One line: `M4 alice@example.test, mailbox INBOX: …`.
    @Override
    public String toString() {
        return invariant + " " + place + ": " + what;
    }
}
