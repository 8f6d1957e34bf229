package org.postrider.pop3.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.testing.Dialogues;

/// Plays the dialogues of `src/test/resources/dialogues`, one after the other against one server
/// whose INBOXes are emptied in between.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialogueTest {

    private final Pop3TestServer server;
    private final Pop3TestServer fullDisk;

    DialogueTest(@TempDir Path directory) throws IOException {
        server = new Pop3TestServer(directory.resolve("room"));
        fullDisk = new Pop3TestServer(TestStores.h2BelowTheLowWaterMark(directory.resolve("full")));
    }

    @AfterAll
    void stop() {
        server.close();
        fullDisk.close();
    }

    @TestFactory
    Stream<DynamicTest> wherePasswordsMayCrossLoopback() {
        return Dialogues.in("dialogues/pop3", () -> new Pop3Stage(server, server.clear));
    }

    @TestFactory
    Stream<DynamicTest> belowTheLowWaterMarkOfTheDisk() {
        return Dialogues.in("dialogues/full-disk", () -> new Pop3Stage(fullDisk, fullDisk.clear));
    }

    @TestFactory
    Stream<DynamicTest> wherePasswordsNeedTls() {
        return Dialogues.in(
                "dialogues/passwords-under-tls", () -> new Pop3Stage(server, server.strict));
    }
}
