package org.postrider.transport.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversation between clients and a server, written as a script.
///
///     # Why this case exists, with the RFC's section.
///     GIVEN message generic/3 in alice INBOX
///     S: +OK <greeting>
///     C: STLS
///     S: +OK begin
///     TLS
///     C: CAPA
///     S* .
///     C> QUIT\r\n
///     S: <CLOSED>
///
/// `C:` sends a line, `C>` sends octets (`\r`, `\n`, `\0`, `\\`, `\xNN`) without CRLF, `S:` expects a line
/// literally, `S*` skips lines until one matches, `TLS` begins the client's handshake, and `S: <CLOSED>`
/// expects the end. A name in angle brackets, of small letters, digits and hyphens, is a hole in an `S`
/// line; the same name twice must match the same text, and a `C` line that names it sends that text.
/// With a number, as in `C2:`, it is another connection; without one it is the first. A client connects
/// when it is first mentioned. Lines that begin with `#` and empty lines say nothing to the server.
final class Dialogue {

    private static final Pattern STEP = Pattern.compile("(C|S|TLS)(\\d*)([:>*]?)(?: (.*))?");
    private static final Pattern HOLE = Pattern.compile("<([a-z][a-z0-9-]*)>");

    private final String name;
    private final List<Step> steps;

    private record Step(int line, String kind, int client, String text) {}

    private Dialogue(String name, List<Step> steps) {
        this.name = name;
        this.steps = steps;
    }

    static Dialogue parse(String name, List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("# ")) {
            throw new IllegalArgumentException(
                    name + ": the first line says why the case exists: # …");
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("GIVEN ")) {
                steps.add(new Step(i + 1, "GIVEN", 0, line.substring(6)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                steps.add(step(name, i + 1, line));
            }
        }
        return new Dialogue(name, steps);
    }

    private static Step step(String name, int number, String line) {
        Matcher step = STEP.matcher(line);
        String kind = step.matches() ? step.group(1) + step.group(3) : "";
        return switch (kind) {
            case "C:", "C>", "S:", "S*", "TLS" ->
                    new Step(
                            number,
                            kind,
                            step.group(2).isEmpty() ? 1 : Integer.parseInt(step.group(2)),
                            step.group(4) == null ? "" : step.group(4));
            default ->
                    throw new IllegalArgumentException(
                            name + ":" + number + ": no such step: " + line);
        };
    }

    /// Plays the dialogue.
    ///
    /// @throws AssertionError when the server says something else, with all that was said before
    void play(Stage stage) throws Exception {
        try (Cast cast = new Cast(stage)) {
            for (Step step : steps) {
                try {
                    cast.play(step);
                } catch (IOException | Mismatch e) {
                    throw new AssertionError(
                            name
                                    + ":"
                                    + step.line()
                                    + ": "
                                    + step.kind()
                                    + " "
                                    + step.text()
                                    + "\n  but "
                                    + e.getMessage()
                                    + "\n"
                                    + cast.transcript(),
                            e);
                }
            }
        }
    }

    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    /// The clients of one performance and what the holes were filled with.
    private static final class Cast implements AutoCloseable {

        private final Stage stage;
        private final Map<Integer, TestClient> clients = new LinkedHashMap<>();
        private final Map<String, String> holes = new LinkedHashMap<>();
        private final List<String> said = new ArrayList<>();

        Cast(Stage stage) {
            this.stage = stage;
        }

        void play(Step step) throws Exception {
            switch (step.kind()) {
                case "GIVEN" -> stage.given(fill(step.text()));
                case "TLS" -> {
                    client(step.client()).startTls();
                    said.add("TLS" + step.client());
                }
                case "C:" -> send(step, fill(step.text()) + "\r\n");
                case "C>" -> send(step, fill(step.text()));
                case "S:" -> expect(step);
                case "S*" -> skipTo(step);
                default -> throw new IllegalStateException(step.kind());
            }
        }

        private void send(Step step, String text) throws IOException {
            said.add("C" + step.client() + ": " + text.stripTrailing());
            client(step.client())
                    .send(
                            step.kind().equals("C>")
                                    ? Escapes.octets(text)
                                    : text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        private void expect(Step step) throws Exception {
            if (step.text().equals("<CLOSED>")) {
                byte[] rest = client(step.client()).rest();
                if (rest.length > 0) {
                    throw new Mismatch(
                            "it said: "
                                    + new String(rest, java.nio.charset.StandardCharsets.UTF_8));
                }
                return;
            }
            String line = hear(step);
            if (!matches(step.text(), line)) {
                throw new Mismatch("it said: " + line);
            }
        }

        private void skipTo(Step step) throws Exception {
            while (!matches(step.text(), hear(step))) {
                // heard, and noted by hear
            }
        }

        private String hear(Step step) throws IOException {
            String line = client(step.client()).line();
            said.add("S" + step.client() + ": " + line);
            return line;
        }

        /// Compares a line and fills the holes that are still empty.
        private boolean matches(String expected, String line) {
            StringBuilder pattern = new StringBuilder();
            List<String> named = new ArrayList<>();
            Matcher hole = HOLE.matcher(expected);
            int from = 0;
            while (hole.find()) {
                pattern.append(Pattern.quote(expected.substring(from, hole.start())));
                String known = holes.get(hole.group(1));
                int earlier = named.indexOf(hole.group(1));
                if (known != null) {
                    pattern.append(Pattern.quote(known));
                } else if (earlier >= 0) {
                    pattern.append("\\").append(earlier + 1);
                } else {
                    pattern.append("(.+?)");
                    named.add(hole.group(1));
                }
                from = hole.end();
            }
            Matcher match =
                    Pattern.compile(pattern + Pattern.quote(expected.substring(from)))
                            .matcher(line);
            if (!match.matches()) {
                return false;
            }
            for (int i = 0; i < named.size(); i++) {
                holes.put(named.get(i), match.group(i + 1));
            }
            return true;
        }

        private String fill(String text) {
            return HOLE.matcher(text)
                    .replaceAll(hole ->
                            Matcher.quoteReplacement(
                                    holes.getOrDefault(hole.group(1), hole.group())));
        }

        private TestClient client(int number) throws IOException {
            TestClient known = clients.get(number);
            if (known != null) {
                return known;
            }
            TestClient fresh =
                    stage.implicitTls()
                            ? TestClient.connectTls(stage.address())
                            : TestClient.connect(stage.address());
            clients.put(number, fresh);
            return fresh;
        }

        String transcript() {
            return String.join("\n", said);
        }

        @Override
        public void close() throws IOException {
            for (TestClient client : clients.values()) {
                client.close();
            }
        }
    }
}
