package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.postrider.storage.testing.mime.SampleMail;

/// Messages whose name stands in them, of 1 KB to some MB; whatever has the name must have the
/// octets.
final class Letters {

    /// The field that has the name.
    static final String FIELD = "X-Letter";

    private static final String BEGIN = FIELD + ": ";
    private static final int LARGEST = 3 << 20;

    private final long seed;
    private final Map<String, Digest> written = new ConcurrentHashMap<>();

    Letters(long seed) {
        this.seed = seed;
    }

    private record Digest(long octets, String sha256) {
        static Digest of(byte[] octets, int from) {
            try {
                var sha256 = MessageDigest.getInstance("SHA-256");
                sha256.update(octets, from, octets.length - from);
                var text = new String(sha256.digest(), StandardCharsets.ISO_8859_1);
                return new Digest(octets.length - from, text);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// A new message.
    byte[] write(String name) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes((BEGIN + name + "\r\n").getBytes(StandardCharsets.US_ASCII));
        octets.writeBytes(mail(new Random(seed ^ name.hashCode())));
        var letter = octets.toByteArray();
        assertThat(written.put(name, Digest.of(letter, 0))).as(name).isNull();
        return letter;
    }

    private static byte[] mail(Random random) {
        long text = random.nextLong();
        return switch (random.nextInt(40)) {
            case 0 -> SampleMail.realistic(text, random.nextInt(LARGEST));
            case 1, 2, 3 -> SampleMail.realistic(text, random.nextInt(200_000));
            default -> SampleMail.realistic(text);
        };
    }

    /// The name of a message that was read, whose octets are asserted to be those that were
    /// written, behind what a delivery puts in front.
    String read(byte[] found) {
        var text = new String(found, StandardCharsets.ISO_8859_1);
        int begin = text.startsWith(BEGIN) ? 0 : text.indexOf("\r\n" + BEGIN) + 2;
        var name = name(text.substring(begin, text.indexOf("\r\n", begin)));
        assertThat(Digest.of(found, begin)).as("octets of %s", name).isEqualTo(written.get(name));
        return name;
    }

    /// The name in a line of a header.
    static String name(String line) {
        assertThat(line).startsWith(BEGIN);
        return line.substring(BEGIN.length()).strip();
    }
}
