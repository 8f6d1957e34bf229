package org.postrider.pop3.server;

import java.util.ArrayList;
import java.util.List;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Sasl;

/// What CAPA lists (RFC 2449 §5, §6). Announced in both states and without differences, but for
/// STLS, which is there as long as it can be given (RFC 2595 §4).
final class Capabilities {

    private Capabilities() {}

    static List<String> of(Connection connection, Sasl sasl, boolean beforeLogin) {
        var lines = new ArrayList<String>();
        lines.add("TOP");
        lines.add("UIDL");
        if (sasl.passwordsAllowed(connection)) {
            lines.add("USER");
        }
        var mechanisms = sasl.mechanisms(connection);
        if (!mechanisms.isEmpty()) {
            lines.add("SASL " + String.join(" ", mechanisms));
        }
        if (beforeLogin && connection.canStartTls()) {
            lines.add("STLS");
        }
        lines.add("RESP-CODES");
        lines.add("AUTH-RESP-CODE");
        lines.add("PIPELINING");
        lines.add("EXPIRE NEVER");
        lines.add("IMPLEMENTATION Postrider");
        return List.copyOf(lines);
    }
}
