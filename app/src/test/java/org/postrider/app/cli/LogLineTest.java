package org.postrider.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private final LogLine layout = new LogLine();

    @Test
    void anEventIsOneLineOfKeysAndValues() {
        assertThat(layout.format(event("delivered \"x\"\r\nsmuggled=1\u001b[2J\\", null)))
                .isEqualTo(
                        "time=2026-11-21T06:00:00Z level=INFO logger=Session connection=imap-7"
                                + " account=anna@example.test"
                                + " event=\"delivered \\\"x\\\"\\r\\nsmuggled=1\uFFFD[2J\\\\\"\n");
    }

    @Test
    void aStackTraceIsIndented() {
        var lines = layout.format(event("failed", new IOException("disk full"))).lines().toList();
        assertThat(lines.get(1)).isEqualTo("\tjava.io.IOException: disk full");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("\t"));
    }

    private static LoggingEvent event(String message, @Nullable Throwable failure) {
        var logger = new LoggerContext().getLogger("org.postrider.imap.session.Session");
        var event = new LoggingEvent("", logger, Level.INFO, message, failure, null);
        event.setInstant(Instant.parse("2026-11-21T06:00:00Z"));
        event.setMDCPropertyMap(
                Map.of("connection", "imap-7", "account", "anna@example.test", "other", "x"));
        return event;
    }
}
