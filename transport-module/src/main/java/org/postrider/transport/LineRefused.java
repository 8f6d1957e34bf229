package org.postrider.transport;

import java.io.IOException;
import java.io.Serial;

/// A line that a conversation waited for in the middle of a command cannot be taken. It has been
/// discarded to its end; the connection is usable afterwards.
public final class LineRefused extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    private final LineFault fault;

    public LineRefused(LineFault fault) {
        super("line refused: " + fault);
        this.fault = fault;
    }

    public LineFault fault() {
        return fault;
    }
}
