package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.postrider.storage.Store;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.testing.mime.SampleMail;

/// The messages of a history. Each has a number, and the number says every octet of it, so whoever
/// reads a message knows which one it is and whether it is whole.
final class HistoryMail {

    private static final int KINDS = 24;
    private static final String NUMBER = "X-Number: ";

    private final List<byte[]> kinds;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Staged, Integer> numbers = Collections.synchronizedMap(new WeakHashMap<>());

    HistoryMail(long seed) {
        kinds = IntStream.range(0, KINDS).mapToObj(i -> kind(seed, i)).toList();
    }

    /// Every sixth is as people write them, the others are short.
    private static byte[] kind(long seed, int number) {
        return number % 6 == 0
                ? SampleMail.realistic(seed + number)
                : ("Subject: kind " + number + "\r\n\r\n" + "a line\r\n".repeat(number))
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] octets(int number) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes((NUMBER + number + "\r\n").getBytes(StandardCharsets.US_ASCII));
        octets.writeBytes(kinds.get(number % KINDS));
        return octets.toByteArray();
    }

    /// A new message.
    Staged stage(Store store) throws IOException {
        int number = last.incrementAndGet();
        var octets = octets(number);
        var staging = store.messages().stage(new ByteArrayInputStream(octets), Integer.MAX_VALUE);
        if (staging instanceof Staging.Ready(var staged)) {
            assertThat(staged.octets()).isEqualTo(octets.length);
            numbers.put(staged, number);
            return staged;
        }
        throw new AssertionError("not staged: " + staging);
    }

    int number(Staged staged) {
        return Optional.ofNullable(numbers.get(staged)).orElseThrow();
    }

    /// The number of a message, every octet of which is read.
    int read(StoredMessage message) throws IOException {
        byte[] octets;
        try (var all = message.open()) {
            octets = all.readAllBytes();
        }
        assertThat(octets).hasSize((int) message.octets());
        var body = Arrays.copyOfRange(octets, message.traceOctets(), octets.length);
        int end = NUMBER.length();
        while (body[end] != '\r') {
            end++;
        }
        var line = new String(body, 0, end, StandardCharsets.US_ASCII);
        assertThat(line).startsWith(NUMBER);
        int number = Integer.parseInt(line.substring(NUMBER.length()));
        assertThat(body).as("message %d", number).isEqualTo(octets(number));
        return number;
    }
}
