package org.postrider.pop3.server;

/// How a POP3 listener behaves.
///
/// @param hostname the server's name, which the greeting tells
/// @param seenByRetrieval whether QUIT sets \Seen on messages that RETR sent whole
public record Pop3Settings(String hostname, boolean seenByRetrieval, Pop3Limits limits) {

    public Pop3Settings {
        if (!hostname.matches("[A-Za-z0-9.:\\[\\]-]{1,255}")) {
            throw new IllegalArgumentException("not a host name: " + hostname);
        }
    }

    public static Pop3Settings standard(String hostname) {
        return new Pop3Settings(hostname, true, Pop3Limits.DEFAULT);
    }
}
