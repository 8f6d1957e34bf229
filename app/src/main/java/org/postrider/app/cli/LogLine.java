package org.postrider.app.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/// One event a line, as `key=value`: when, how grave, who says so, on which connection, what. Only
/// a stack trace takes lines of its own, each indented.
public final class LogLine implements StructuredLogFormatter<ILoggingEvent> {

    /// What the transport says of the connection that a thread works for.
    private static final List<String> CONTEXT = List.of("connection", "account");

    @Override
    public String format(ILoggingEvent event) {
        var logger = event.getLoggerName();
        var line = new StringBuilder();
        line.append("time=").append(event.getInstant().truncatedTo(ChronoUnit.MILLIS));
        line.append(" level=").append(event.getLevel());
        line.append(" logger=").append(logger.substring(logger.lastIndexOf('.') + 1));
        for (var key : CONTEXT) {
            var value = event.getMDCPropertyMap().get(key);
            if (value != null) {
                line.append(' ').append(key).append('=').append(value);
            }
        }
        line.append(" event=").append(quoted(event.getFormattedMessage())).append('\n');
        if (event.getThrowableProxy() != null) {
            ThrowableProxyUtil.asString(event.getThrowableProxy())
                    .lines()
                    .forEach(each -> line.append('\t').append(each.stripLeading()).append('\n'));
        }
        return line.toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\r' -> quoted.append("\\r");
                        default -> quoted.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
                    }
                });
        return quoted.append('"').toString();
    }
}
