package org.postrider.pop3.wire;

/// What became of a line.
public sealed interface Parsed {

    record Valid(Pop3Command command) implements Parsed {}

    /// @param why in words for the client; nothing of the line stands in it
    record Invalid(String why) implements Parsed {}
}
