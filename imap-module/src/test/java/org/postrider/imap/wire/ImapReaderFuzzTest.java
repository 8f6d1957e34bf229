package org.postrider.imap.wire;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever a client sends, the reader finds a command, a syntax error, or the end of the input.
class ImapReaderFuzzTest {

    private static final int ROUNDS = 20_000;

    private static final List<String> COMMANDS =
            List.of(
                    "a LOGIN {5+}\r\nalice \"sec\\\"ret\"\r\n",
                    "a AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==\r\n",
                    "a SELECT \"Entw&APw-rfe/x\"\r\n",
                    "a LIST \"\" \"%/*\"\r\n",
                    "a STATUS INBOX (MESSAGES UNSEEN)\r\n",
                    "a APPEND INBOX (\\Seen $x) \" 1-Feb-2026 01:02:03 +0100\" {4}\r\nabcd\r\n",
                    "a FETCH 1:*,5 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (a {1}\r\nb)]<0.9> RFC822)\r\n",
                    "a UID STORE 4,5:6 -FLAGS.SILENT (\\Deleted $y)\r\n",
                    "a SEARCH CHARSET UTF-8 OR (FROM {2+}\r\n\u00c3\u00a4) NOT ON 1-Jan-2026 2:* BODY x\r\n",
                    "a UID EXPUNGE 7:9\r\n",
                    "a ID (\"name\" \"x\" \"y\" NIL)\r\n",
                    "a UID COPY 1:2 {3}\r\nbox\r\n",
                    "a RENAME one two/\r\n");

    @Test
    void mutatedCommandsAreCommandsOrSyntaxErrors() {
        long seed = seed();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            var command = COMMANDS.get(random.nextInt(COMMANDS.size()));
            survive(mutated(command.getBytes(StandardCharsets.ISO_8859_1), random), seed);
        }
    }

    @Test
    void randomOctetsAreCommandsOrSyntaxErrors() {
        long seed = seed();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            var octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            survive(octets, seed);
        }
    }

    private static long seed() {
        long seed = Long.getLong("postrider.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    private static byte[] mutated(byte[] command, RandomGenerator random) {
        var octets = command;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(octets.length);
            octets =
                    switch (random.nextInt(4)) {
                        case 0 -> inserted(octets, at, (byte) random.nextInt(256));
                        case 1 ->
                                inserted(
                                        octets,
                                        at,
                                        (byte) "(){}[]<>\" \\*%&+,:".charAt(random.nextInt(17)));
                        case 2 -> removed(octets, at);
                        default -> replaced(octets, at, octets[random.nextInt(octets.length)]);
                    };
        }
        return octets;
    }

    private static byte[] inserted(byte[] octets, int at, byte octet) {
        var longer = Arrays.copyOf(octets, octets.length + 1);
        System.arraycopy(octets, at, longer, at + 1, octets.length - at);
        longer[at] = octet;
        return longer;
    }

    private static byte[] removed(byte[] octets, int at) {
        if (octets.length < 2) {
            return octets;
        }
        var shorter = Arrays.copyOf(octets, octets.length - 1);
        System.arraycopy(octets, at + 1, shorter, at, octets.length - at - 1);
        return shorter;
    }

    private static byte[] replaced(byte[] octets, int at, byte octet) {
        var other = octets.clone();
        other[at] = octet;
        return other;
    }

    private static void survive(byte[] octets, long seed) {
        var wire = new Wire(octets);
        try {
            var reader = new ImapReader(wire.nextLine(), wire);
            try {
                reader.tag();
                reader.space();
                var _ = new CommandReader(reader, ImapLimits.DEFAULT).command(reader.verb());
            } catch (SyntaxError e) {
                reader.abandon();
            }
        } catch (SyntaxError | IOException e) {
            // The connection ends, or another line would follow.
        } catch (RuntimeException e) {
            fail("seed " + seed + ": " + new String(octets, StandardCharsets.ISO_8859_1), e);
        }
    }
}
