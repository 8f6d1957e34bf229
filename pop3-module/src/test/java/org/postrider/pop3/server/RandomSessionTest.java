package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.mailbox.SystemFlag;

/// Hundreds of random sessions, each beside an IMAP client that changes the mailbox underneath:
/// every answer is the model's, and what is left after QUIT is what the model leaves.
class RandomSessionTest {

    private static final int SESSIONS = 200;
    private static final String[] LINES = {
        "a line", ".", "..", ".dot", "", "x".repeat(300), "\u00e9"
    };

    private final long seed = Long.getLong("postrider.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private final Pop3TestServer server;
    private final Inbox inbox;

    RandomSessionTest(@TempDir Path directory) throws IOException {
        server = new Pop3TestServer(directory);
        inbox = server.inbox(server.alice);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyAnswerIsTheModels() throws IOException {
        System.out.println("RandomSessionTest: -Dpostrider.seed=" + seed);
        for (int session = 0; session < SESSIONS; session++) {
            session();
        }
    }

    private void session() throws IOException {
        meanwhile();
        Map<Long, Boolean> expected;
        var model = modelOfNow();
        try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
            for (int step = random.nextInt(25); step > 0; step--) {
                if (random.nextInt(8) == 0) {
                    meanwhile();
                } else {
                    step(client, model);
                }
            }
            expected = seenByUid();
            if (random.nextInt(4) > 0) {
                same(client.command("QUIT"), "+OK good bye");
                client.awaitEnd();
                expected.keySet().removeIf(model::isMarked);
                expected.replaceAll((uid, seen) -> seen || model.isRetrieved(uid));
            }
        }
        inbox.awaitUnlocked();
        assertThat(seenByUid()).as("seed %d", seed).isEqualTo(expected);
    }

    private void step(Pop3TestClient client, SessionModel model) throws IOException {
        int number = random.nextInt(model.size() + 3);
        switch (random.nextInt(13)) {
            case 0 -> same(client.command("STAT"), model.stat());
            case 1 -> same(client.command("LAST"), "+OK " + model.last());
            case 2 -> assertThat(client.lines("LIST")).as("seed %d", seed).isEqualTo(model.list());
            case 3 -> assertThat(client.lines("UIDL")).as("seed %d", seed).isEqualTo(model.uidl());
            case 4 -> {
                model.reset();
                same(client.command("RSET"), model.summary());
            }
            case 5 -> same(client.command("NONSENSE"), "-ERR unknown command");
            case 6 -> same(client.command("NOOP"), "+OK nothing done");
            default -> named(client, model, number);
        }
    }

    private void named(Pop3TestClient client, SessionModel model, int number) throws IOException {
        boolean listed = model.isListed(number);
        switch (random.nextInt(5)) {
            case 0 ->
                    same(
                            client.command("LIST " + number),
                            listed
                                    ? "+OK "
                                            + number
                                            + " "
                                            + model.message(number).octets().length()
                                    : model.refusalOr(number, ""));
            case 1 ->
                    same(
                            client.command("UIDL " + number),
                            listed
                                    ? "+OK " + number + " " + model.uniqueId(number)
                                    : model.refusalOr(number, ""));
            case 2 -> {
                same(
                        client.command("DELE " + number),
                        model.refusalOr(number, "+OK marked for deletion at QUIT"));
                if (listed) {
                    model.mark(number);
                }
            }
            case 3 -> retrieve(client, model, number);
            default -> top(client, model, number, random.nextInt(4));
        }
    }

    private void retrieve(Pop3TestClient client, SessionModel model, int number)
            throws IOException {
        if (model.isListed(number)) {
            same(octets(client, "RETR " + number), model.message(number).octets());
            model.retrieve(number);
        } else {
            same(client.command("RETR " + number), model.refusalOr(number, ""));
        }
    }

    private void top(Pop3TestClient client, SessionModel model, int number, int lines)
            throws IOException {
        var command = "TOP " + number + " " + lines;
        if (model.isListed(number)) {
            same(octets(client, command), model.head(number, lines));
        } else {
            same(client.command(command), model.refusalOr(number, ""));
        }
    }

    /// The other side: mail comes, goes, and is looked at.
    private void meanwhile() throws IOException {
        int size = inbox.view().size();
        switch (random.nextInt(4)) {
            case 0 -> inbox.append(message());
            case 1 -> {
                if (size > 4) {
                    inbox.expunge(1 + random.nextInt(size));
                } else {
                    inbox.append(message());
                }
            }
            case 2 -> {
                if (size > 0) {
                    inbox.flag(SystemFlag.SEEN, 1 + random.nextInt(size));
                }
            }
            default -> {
                if (size > 0) {
                    inbox.unflag(SystemFlag.SEEN, 1 + random.nextInt(size));
                }
            }
        }
    }

    private byte[] message() {
        var text = new StringBuilder("Subject: ").append(random.nextInt()).append("\r\n\r\n");
        for (int lines = random.nextInt(20); lines > 0; lines--) {
            text.append(LINES[random.nextInt(LINES.length)]).append("\r\n");
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private SessionModel modelOfNow() throws IOException {
        var view = inbox.view();
        var messages = new ArrayList<SessionModel.Message>();
        for (int number = 1; number <= view.size(); number++) {
            messages.add(
                    new SessionModel.Message(
                            view.uid(number - 1), new String(inbox.octets(number), ISO_8859_1)));
        }
        return new SessionModel(view, messages);
    }

    private Map<Long, Boolean> seenByUid() {
        var view = inbox.view();
        var seen = new TreeMap<Long, Boolean>();
        for (int i = 0; i < view.size(); i++) {
            seen.put(view.uid(i), view.flags(i).has(SystemFlag.SEEN));
        }
        return seen;
    }

    private void same(String actual, String expected) {
        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }

    private static String octets(Pop3TestClient client, String command) throws IOException {
        return new String(client.octets(command), ISO_8859_1);
    }
}
