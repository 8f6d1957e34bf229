package org.postrider.imap.wire;

/// How a command names messages: FETCH by sequence number, UID FETCH by UID (RFC 3501 §6.4.8).
public enum Numbering {
    SEQUENCE,
    UID
}
