package org.postrider.pop3.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.transport.testing.Stage;

/// The server of a dialogue, with empty INBOXes at its beginning. What can be given:
///
///     GIVEN message short in alice      src/test/resources/messages/short.eml is appended
///     GIVEN seen 1 in alice             the first message gets \Seen
///     GIVEN expunge 2 in alice          the second message is expunged by IMAP
final class Pop3Stage implements Stage {

    private static final Pattern GIVEN =
            Pattern.compile("(message|seen|expunge) (\\S+) in (alice|bob)");
    private static final Path MESSAGES = Path.of("src/test/resources/messages");

    private final Pop3TestServer server;
    private final InetSocketAddress address;

    Pop3Stage(Pop3TestServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
        for (var inbox : new Inbox[] {server.inbox(server.alice), server.inbox(server.bob)}) {
            inbox.awaitUnlocked();
            inbox.empty();
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void given(String what) throws IOException {
        var given = GIVEN.matcher(what);
        if (!given.matches()) {
            throw new IllegalArgumentException("nothing is given so: " + what);
        }
        var inbox = server.inbox(given.group(3).equals("alice") ? server.alice : server.bob);
        var object = given.group(2);
        switch (given.group(1)) {
            case "message" -> inbox.append(Files.readString(MESSAGES.resolve(object + ".eml")));
            case "seen" -> inbox.flag(SystemFlag.SEEN, Integer.parseInt(object));
            default -> inbox.expunge(Integer.parseInt(object));
        }
    }

    @Override
    public void close() {}
}
