package org.postrider.transport;

/// What is wrong with a line that the framer refuses.
public enum LineFault {
    /// Longer than the limit that the conversation set.
    TOO_LONG,
    /// Holds a CR that no LF follows, or an LF that no CR precedes (RFC 5321 §2.3.8).
    BARE_CR_OR_LF,
    /// Holds a NUL.
    NUL
}
