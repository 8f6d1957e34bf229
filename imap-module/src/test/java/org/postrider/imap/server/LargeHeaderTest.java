package org.postrider.imap.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.postrider.imap.wire.ImapLimits;

/// A header larger than what the server takes apart in memory.
class LargeHeaderTest {

    private static final String LINE = "X-Filler: " + "x".repeat(68) + "\r\n";

    private static final String HEADER =
            "X-First: here\r\n"
                    + LINE.repeat(ImapLimits.HEADER / LINE.length() + 1)
                    + "X-Last: there\r\n\r\n";

    @Test
    void onlyItsBeginningIsTakenApartAndAllOfItIsServed() throws IOException {
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            client.append("INBOX", (HEADER + "text\r\n").getBytes(US_ASCII));
            client.ok("NOOP");
            var fields = client.ok("FETCH 1 BODY.PEEK[HEADER.FIELDS (X-First X-Last)]");
            assertThat(fields.literals())
                    .containsExactly("X-First: here\r\n\r\n".getBytes(US_ASCII));
            var others = client.ok("FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (X-First)]");
            assertThat(new String(others.literals().getFirst(), US_ASCII))
                    .endsWith("\r\n" + LINE + "\r\n")
                    .hasSizeLessThanOrEqualTo(ImapLimits.HEADER);
            assertThat(client.ok("SEARCH HEADER X-First here").text()).contains("* SEARCH 1");
            var all = client.ok("FETCH 1 BODY.PEEK[HEADER]");
            assertThat(all.literals().getFirst()).isEqualTo(HEADER.getBytes(US_ASCII));
        }
    }
}
