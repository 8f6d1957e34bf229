package org.postrider.pop3.wire;

/// What a program can read in a negative reply (RFC 2449 §8, RFC 3206 §4, §5).
public enum ResponseCode {
    /// Another session has the maildrop.
    IN_USE("IN-USE"),
    /// The last login was too short a time ago.
    LOGIN_DELAY("LOGIN-DELAY"),
    /// It may work later.
    SYS_TEMP("SYS/TEMP"),
    /// Somebody has to repair something first.
    SYS_PERM("SYS/PERM"),
    /// Name and password are the problem, or the way in which they were sent.
    AUTH("AUTH");

    private final String text;

    ResponseCode(String text) {
        this.text = text;
    }

    /// The code as it stands between its brackets.
    public String text() {
        return text;
    }
}
