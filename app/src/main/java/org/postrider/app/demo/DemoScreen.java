package org.postrider.app.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a demonstration prints when it is ready: where it listens, who can log in, where the data
/// lies, and three commands to paste.
///
/// @param listeners the address of each listener by its name in the settings
/// @param http the port of the administration
public record DemoScreen(
        Map<String, InetSocketAddress> listeners,
        int http,
        DemoAccounts accounts,
        Path dataDirectory) {

    public DemoScreen {
        listeners = Map.copyOf(listeners);
    }

    public String text() {
        var lines = new StringBuilder("\nPostrider is ready. Ctrl-C stops it.\n\n");
        row(lines, "SMTP", ports("mx", "submission", "submissions"));
        row(lines, "POP3", ports("pop3", "pop3s"));
        row(lines, "IMAP", ports("imap", "imaps"));
        row(lines, "HTTP", "127.0.0.1:" + http + "  (/actuator/health, /api/v1)");
        lines.append('\n');
        row(lines, "accounts", names());
        row(lines, "password", accounts.password());
        row(lines, "data", dataDirectory.toString());
        lines.append("\nSend a message, fetch it by POP3, read it by IMAP:\n\n");
        commands().forEach(command -> lines.append("  ").append(command).append("\n"));
        return lines.append('\n').toString();
    }

    /// The commands to paste, for those listeners that are there.
    List<String> commands() {
        return Stream.of(send(), fetch(), read()).flatMap(Optional::stream).toList();
    }

    private Optional<String> send() {
        return at("submission")
                .map(place ->
                        "printf 'From: %1$s\\nTo: %2$s\\nSubject: Hello\\n\\nHello, Bob.\\n'"
                                        .formatted(alice(), bob())
                                + " | curl -sS --crlf -T - --user "
                                + quoted(alice() + ":" + accounts.password())
                                + " --mail-from %s --mail-rcpt %s smtp://%s"
                                        .formatted(alice(), bob(), place));
    }

    private Optional<String> fetch() {
        return at("pop3").map(place -> "curl -sS --user " + login() + " pop3://" + place + "/1");
    }

    private Optional<String> read() {
        return at("imap")
                .map(place ->
                        "curl -sS --user " + login() + " 'imap://" + place + "/INBOX;MAILINDEX=1'");
    }

    private String login() {
        return quoted(bob() + ":" + accounts.password());
    }

    private String alice() {
        return accounts.addresses().get(0).toString();
    }

    private String bob() {
        return accounts.addresses().get(1).toString();
    }

    private String names() {
        int more = accounts.addresses().size() - 2;
        return alice() + "  " + bob() + (more > 0 ? "  and " + more + " more" : "");
    }

    private String ports(String... names) {
        return String.join(
                "  ",
                Stream.of(names)
                        .flatMap(name -> at(name).map(place -> place + " (" + name + ")").stream())
                        .toList());
    }

    private Optional<String> at(String listener) {
        return Optional.ofNullable(listeners.get(listener)).map(DemoScreen::place);
    }

    private static String place(InetSocketAddress address) {
        var host = address.getAddress();
        var literal = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + address.getPort();
    }

    /// As a POSIX shell reads it back.
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9@.:_+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void row(StringBuilder lines, String head, String rest) {
        if (!rest.isEmpty()) {
            lines.append("  %-9s %s%n".formatted(head, rest));
        }
    }
}
