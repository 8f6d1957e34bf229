package org.postrider.imap.server;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.testing.Dialogues;

/// What clients and the server say to each other, played against a real socket.
class DialoguesTest {

    @TestFactory
    Stream<DynamicTest> dialogues() {
        return Dialogues.in("dialogues", ImapStage::new);
    }

    /// Passwords are taken over TLS only, as on a public address.
    @TestFactory
    Stream<DynamicTest> dialoguesWithoutPlainTextLogin() {
        return Dialogues.in("tls-dialogues", DialoguesTest::strict);
    }

    @TestFactory
    Stream<DynamicTest> dialoguesBelowTheLowWaterMarkOfTheDisk() {
        return Dialogues.in(
                "full-disk-dialogues", () -> new ImapStage(TestStores::h2BelowTheLowWaterMark));
    }

    private static ImapStage strict() throws IOException {
        return new ImapStage(PlainTextLogin.TLS, ImapLimits.DEFAULT.withMessageOctets(10_000));
    }
}
