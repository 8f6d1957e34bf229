package org.postrider.smtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HopCounterTest {

    private static final String MESSAGE =
            """
            Received: from a
             by b
            RECEIVED: from c
            X-Received: no
            Receivedx: no
            Subject: Received: no
            Received : no, such a field is no longer written
            received: from d

            Received: in the body
            """
                    .replace("\n", "\r\n");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8192})
    void countsReceivedFieldsHoweverTheyAreRead(int block) throws IOException {
        var counter =
                new HopCounter(
                        new ByteArrayInputStream(MESSAGE.getBytes(StandardCharsets.US_ASCII)));
        var read = new StringBuilder();
        if (block == 0) {
            for (int octet = counter.read(); octet >= 0; octet = counter.read()) {
                read.append((char) octet);
            }
        } else {
            var buffer = new byte[block];
            for (int n = counter.read(buffer); n >= 0; n = counter.read(buffer)) {
                read.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
            }
        }
        assertThat(read).hasToString(MESSAGE);
        assertThat(counter.hops()).isEqualTo(3);
    }
}
