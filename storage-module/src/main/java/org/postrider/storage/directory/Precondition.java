package org.postrider.storage.directory;

/// What must be so for a change to be made (RFC 9110 §13.1).
public sealed interface Precondition {

    /// Whatever there is, or is not.
    record None() implements Precondition {}

    /// There is nothing of that name.
    record Absent() implements Precondition {}

    /// It is there, at this version.
    record AtVersion(long version) implements Precondition {}
}
