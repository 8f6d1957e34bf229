package org.postrider.pop3.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/// Octets of messages for tests, and what was written of them.
final class Octets {

    private static final String[] PIECES = {
        "\r\n",
        "\r\n",
        "\r\n.",
        ".",
        "..",
        "\r\n\r\n",
        "Subject: x",
        "a long line of text",
        "\u00e9"
    };

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /// What takes the octets that a test writes.
    OctetSink sink() {
        return written::write;
    }

    String written() {
        return written.toString(ISO_8859_1);
    }

    /// A message in which dots, empty lines and line ends stand everywhere; it ends with CRLF.
    static String message(Random random) {
        var text = new StringBuilder();
        for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.isEmpty() ? "" : text.append("\r\n").toString();
    }
}
