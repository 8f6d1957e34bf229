package org.postrider.pop3.wire;

import java.util.Optional;

/// The status line of a reply (RFC 1939 §3).
public sealed interface Pop3Reply {

    /// The longest status line, its CRLF included (RFC 1939 §3).
    int MAX_OCTETS = 512;

    String text();

    record Ok(String text) implements Pop3Reply {
        public Ok {
            check(text);
        }
    }

    record Err(Optional<ResponseCode> code, String text) implements Pop3Reply {
        public Err {
            check(text);
        }
    }

    static Pop3Reply ok(String text) {
        return new Ok(text);
    }

    static Pop3Reply err(String text) {
        return new Err(Optional.empty(), text);
    }

    static Pop3Reply err(ResponseCode code, String text) {
        return new Err(Optional.of(code), text);
    }

    /// The line, complete with CRLF.
    default String line() {
        return switch (this) {
            case Ok(var text) -> "+OK " + text + "\r\n";
            case Err(var code, var text) ->
                    "-ERR " + code.map(c -> "[" + c.text() + "] ").orElse("") + text + "\r\n";
        };
    }

    private static void check(String text) {
        boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (!printable || text.isEmpty() || text.length() > MAX_OCTETS - 32) {
            throw new IllegalArgumentException("not the text of a reply: " + text);
        }
        // With RESP-CODES a bracket at the beginning is a response code (RFC 2449 §8).
        if (text.startsWith("[")) {
            throw new IllegalArgumentException("would be taken for a response code: " + text);
        }
    }
}
