package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The framer against references that are too simple to be wrong, with input cut into random
/// pieces.
class FramerTest {

    private static final int LIMIT = 40;
    private static final int ENDLESS = 2000;
    private static final int ROUNDS = 4000;

    /// Octets that arrive in pieces.
    private static final class Pieces implements Framer.Source {
        private final byte[] octets;
        private final Random random;
        private final int largest;
        private int taken;
        private int arrived;

        Pieces(String text, Random random, int largest) {
            this.octets = text.getBytes(StandardCharsets.ISO_8859_1);
            this.random = random;
            this.largest = largest;
        }

        @Override
        public int available() {
            return arrived - taken;
        }

        @Override
        public int take(byte[] into, int offset, int length) {
            int part = Math.min(length, available());
            System.arraycopy(octets, taken, into, offset, part);
            taken += part;
            return part;
        }

        @Override
        public void await() throws IOException {
            if (!arrive()) {
                throw new EOFException();
            }
        }

        boolean arrive() {
            if (arrived == octets.length) {
                return false;
            }
            arrived += Math.min(octets.length - arrived, 1 + random.nextInt(largest));
            return true;
        }
    }

    private static final List<String> TOKENS =
            List.of(
                    "\r\n",
                    "\r\n",
                    "\r\n",
                    ".",
                    ".",
                    "\r",
                    "\n",
                    "..",
                    "\t",
                    "a",
                    "bc",
                    "\u00e9\u00ff",
                    "0123456789");

    private static String noise(Random random, int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            switch (random.nextInt(40)) {
                case 0 -> text.append('\0');
                case 1 -> text.append("x".repeat(random.nextInt(3 * LIMIT)));
                default -> text.append(TOKENS.get(random.nextInt(TOKENS.size())));
            }
        }
        return text.toString();
    }

    @Test
    void linesAreTheSameHoweverTheyArrive() {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            String text = noise(random, random.nextInt(60));
            Pieces pieces = new Pieces(text, random, 1 + random.nextInt(80));
            assertThat(lines(new Framer(pieces, LIMIT, ENDLESS), pieces))
                    .as("seed %d", seed + round)
                    .isEqualTo(referenceLines(text));
        }
    }

    private static List<String> lines(Framer framer, Pieces pieces) {
        List<String> found = new ArrayList<>();
        while (true) {
            switch (framer.poll()) {
                case Framed.Line(byte[] line) ->
                        found.add(new String(line, StandardCharsets.ISO_8859_1));
                case Framed.Refused(LineFault fault) -> found.add("refused " + fault);
                case Framed.Endless.ENDLESS -> {
                    found.add("endless");
                    return found;
                }
                case Framed.Incomplete.INCOMPLETE -> {
                    framer.rest();
                    if (!pieces.arrive()) {
                        return found;
                    }
                }
            }
        }
    }

    @Test
    void announcedOctetsAreTakenAsTheyAre() throws IOException {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            String literal = noise(random, random.nextInt(60));
            int unread = random.nextInt(literal.length() + 1);
            Pieces pieces = new Pieces(literal + "NEXT\r\n", random, 1 + random.nextInt(80));
            Framer framer = new Framer(pieces, LIMIT, ENDLESS);
            try (OctetStream stream = new OctetStream(framer, literal.length())) {
                assertThat(new String(stream.readNBytes(unread), StandardCharsets.ISO_8859_1))
                        .as("seed %d", seed + round)
                        .isEqualTo(literal.substring(0, unread));
            }
            assertThat(lines(framer, pieces)).as("seed %d", seed + round).containsExactly("NEXT");
        }
    }

    @Test
    void aLineWithoutEndIsNeitherKeptNorFollowedForEver() {
        Random random = new Random(1);
        Pieces pieces = new Pieces("x".repeat(ENDLESS + 2 * LIMIT), random, 30);
        assertThat(lines(new Framer(pieces, LIMIT, ENDLESS), pieces)).containsExactly("endless");
    }

    private static List<String> referenceLines(String text) {
        List<String> found = new ArrayList<>();
        int from = 0;
        for (int lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', from)) {
            boolean crlf = lf > from && text.charAt(lf - 1) == '\r';
            String line = text.substring(from, crlf ? lf - 1 : lf);
            from = lf + 1;
            if (line.length() > LIMIT) {
                found.add("refused TOO_LONG");
            } else if (!crlf || line.contains("\r")) {
                found.add("refused BARE_CR_OR_LF");
            } else if (line.contains("\0")) {
                found.add("refused NUL");
            } else {
                found.add(line);
            }
        }
        return found;
    }

    @Test
    void aMessageIsTheSameHoweverItArrives() throws IOException {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            String message = noise(random, random.nextInt(200)) + "\r\n.\r\n";
            String next = "NEXT\r\n";
            Pieces pieces = new Pieces(message + next, random, 1 + random.nextInt(80));
            Framer framer = new Framer(pieces, LIMIT, ENDLESS);
            DottedStream stream = new DottedStream(framer);

            String content = read(stream, random);

            String reference = referenceMessage(message);
            assertThat(content).as("seed %d", seed + round).isEqualTo(reference);
            assertThat(stream.fault())
                    .as("seed %d", seed + round)
                    .isEqualTo(referenceFault(reference));
            assertThat(lines(framer, pieces))
                    .as("seed %d", seed + round)
                    .isEqualTo(referenceLines((message + next).substring(endOf(message) + 3)));
        }
    }

    private static String read(InputStream in, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[100];
        while (true) {
            if (random.nextInt(5) == 0) {
                int octet = in.read();
                if (octet < 0) {
                    return out.toString(StandardCharsets.ISO_8859_1);
                }
                out.write(octet);
            } else {
                int offset = random.nextInt(20);
                int count = in.read(buffer, offset, 1 + random.nextInt(80));
                out.write(buffer, offset, Math.max(0, count));
            }
        }
    }

    private static int endOf(String text) {
        return ("\r\n" + text).indexOf("\r\n.\r\n");
    }

    private static String referenceMessage(String text) {
        String stuffed = ("\r\n" + text).substring(0, endOf(text) + 2);
        return stuffed.replace("\r\n.", "\r\n").substring(2);
    }

    private static Optional<LineFault> referenceFault(String message) {
        var fault = Pattern.compile("\0|\r(?!\n)|(?<!\r)\n").matcher(message);
        if (!fault.find()) {
            return Optional.empty();
        }
        return Optional.of(fault.group().equals("\0") ? LineFault.NUL : LineFault.BARE_CR_OR_LF);
    }
}
