package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.JdbcStore;

/// The status with which `postrider restore` ends says what there is now.
@Timeout(180)
class RestoreCommandTest {

    private static final String ANN = "ann@example.test";

    @TempDir private Path directory;

    @Test
    void aDatabaseThatWasLostIsThereAgain() throws Exception {
        receive("Hello, Ann.");
        Files.delete(directory.resolve("postrider.mv.db"));
        assertThat(restore(0, directory)).contains("all is as it must be");
        try (var server = RunningServer.start(directory)) {
            assertThat(MailTalk.readByImap(server.listener("imap"), ANN, "secret"))
                    .containsExactly("Hello, Ann.");
        }
    }

    @Test
    void whatIsLostIsToldOfADatabaseThatIsAsItMustBe() throws Exception {
        receive("Hello, Ann.");
        damage("Hello, Ann.");
        Files.delete(directory.resolve("postrider.mv.db"));
        assertThat(restore(0, directory))
                .contains(
                        ANN + ": 0 messages as in the copy, 0 as they arrived, 1 not brought back")
                .contains("all is as it must be");
    }

    /// The copy knows of a message whose octets went with the database.
    @Test
    void whatTheNewDatabaseLacksIsTold() throws Exception {
        receive("Hello, Ann.");
        copy();
        Files.delete(directory.resolve("postrider.mv.db"));
        Files.delete(holding("Hello, Ann."));
        assertThat(restore(1, directory))
                .contains(ANN + ": 1 messages as in the copy")
                .contains("1 times something is not as it must be")
                .contains("B3 " + ANN);
    }

    /// Has the database copied: it is, when the store is used again a day later.
    private void copy() {
        var later = InstantSource.offset(InstantSource.system(), Duration.ofDays(2));
        JdbcStore.open(StoreSettings.embedded(directory), later).close();
        assertThat(directory.resolve("copies")).isNotEmptyDirectory();
    }

    @Test
    void whereThereIsNothingNothingIsRestored() throws Exception {
        var nowhere = directory.resolve("nowhere");
        assertThat(restore(2, nowhere)).contains("is not there");
        assertThat(nowhere).doesNotExist();
    }

    private void receive(String line) throws IOException, InterruptedException {
        try (var server = RunningServer.start(directory)) {
            server.account(ANN, "secret");
            MailTalk.deliver(server.listener("mx"), ANN, line);
        }
    }

    private static String restore(int status, Path directory) throws Exception {
        var words = List.of("restore", "--postrider.data-dir=" + directory);
        try (var process = ServerProcess.start(Map.of(), words)) {
            var printed = process.everything();
            assertThat(process.exitCode()).as(printed).isEqualTo(status);
            return printed;
        }
    }

    /// Changes the first octet of a line.
    private void damage(String line) throws IOException {
        var file = holding(line);
        var octets = Files.readAllBytes(file);
        octets[text(octets).indexOf(line)] ^= 1;
        Files.write(file, octets);
    }

    /// The segment that has a line.
    private Path holding(String line) throws IOException {
        try (var files = Files.list(directory.resolve("segments"))) {
            for (var file : files.toList()) {
                if (text(Files.readAllBytes(file)).contains(line)) {
                    return file;
                }
            }
        }
        throw new AssertionError("the line is nowhere");
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
