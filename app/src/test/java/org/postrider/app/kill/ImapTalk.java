package org.postrider.app.kill;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postrider.transport.testing.TestClient;

/// An IMAP session that gives one command after the other and takes nothing but OK for an answer.
final class ImapTalk implements AutoCloseable {

    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)}");

    /// What a server said to a command.
    ///
    /// @param said the untagged responses
    /// @param status the tagged one, without its tag
    record Answer(List<Response> said, String status) {

        /// What a response code of the tagged response holds, as in `[COPYUID 38 304 3956]`.
        Optional<String> code(String name) {
            return codeIn(status, name);
        }

        /// The same of an untagged OK.
        Optional<String> untaggedCode(String name) {
            return said.stream()
                    .map(Response::text)
                    .filter(text -> text.startsWith("* OK"))
                    .flatMap(text -> codeIn(text, name).stream())
                    .findFirst();
        }

        private static Optional<String> codeIn(String text, String name) {
            var code = Pattern.compile("\\[" + name + " ([^]]+)]").matcher(text);
            return code.find() ? Optional.of(code.group(1)) : Optional.empty();
        }
    }

    /// An untagged response.
    ///
    /// @param text all but the octets of its literals
    record Response(String text, List<byte[]> literals) {}

    private final TestClient client;
    private int commands;

    private ImapTalk(TestClient client) {
        this.client = client;
    }

    static ImapTalk login(InetSocketAddress imap, String user, String password) throws IOException {
        var talk = new ImapTalk(TestClient.connect(imap));
        talk.response(talk.client.line());
        talk.command("LOGIN " + user + " " + password);
        return talk;
    }

    /// @throws TemporaryFailure when the server cannot carry it out now
    /// @throws AssertionError when it says NO for another reason, or BAD
    Answer command(String command) throws IOException {
        var tag = "a" + ++commands;
        client.sendLine(tag + " " + command);
        return answer(tag, command);
    }

    /// APPEND (RFC 3501 §6.3.11).
    ///
    /// @param unasked whether the literal is sent without waiting for leave (RFC 7888)
    Answer append(String mailbox, String flags, byte[] message, boolean unasked)
            throws IOException {
        var tag = "a" + ++commands;
        var command =
                "APPEND \"%s\" (%s) {%d%s}"
                        .formatted(mailbox, flags, message.length, unasked ? "+" : "");
        client.sendLine(tag + " " + command);
        if (!unasked) {
            for (var line = client.line(); !line.startsWith("+"); line = client.line()) {
                if (line.startsWith(tag)) {
                    return done(tag, line, List.of(), command);
                }
                response(line);
            }
        }
        client.send(message).sendLine("");
        return answer(tag, command);
    }

    private Answer answer(String tag, String command) throws IOException {
        var said = new ArrayList<Response>();
        var line = client.line();
        for (; !line.startsWith(tag + " "); line = client.line()) {
            said.add(response(line));
        }
        return done(tag, line, said, command);
    }

    private static Answer done(String tag, String line, List<Response> said, String command)
            throws IOException {
        var status = line.substring(tag.length() + 1);
        if (status.startsWith("NO [UNAVAILABLE]")) {
            throw new TemporaryFailure(status);
        }
        if (!status.startsWith("OK")) {
            throw new AssertionError(command + ": " + status);
        }
        return new Answer(List.copyOf(said), status);
    }

    private Response response(String first) throws IOException {
        if (first.startsWith("* BYE [UNAVAILABLE]")) {
            throw new TemporaryFailure(first);
        }
        var text = new StringBuilder();
        var literals = new ArrayList<byte[]>();
        var line = first;
        for (var literal = LITERAL.matcher(line);
                literal.matches();
                literal = LITERAL.matcher(line)) {
            text.append(line);
            literals.add(client.octets(Integer.parseInt(literal.group(1))));
            line = client.line();
        }
        return new Response(text.append(line).toString(), List.copyOf(literals));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
