package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    /// Changes the first octet of a line in the file that has it.
    private void damage(String line) throws IOException {
        try (var files = Files.list(directory.resolve("segments"))) {
            for (var file : files.toList()) {
                var octets = Files.readAllBytes(file);
                int at = new String(octets, StandardCharsets.ISO_8859_1).indexOf(line);
                if (at >= 0) {
                    octets[at] ^= 1;
                    Files.write(file, octets);
                    return;
                }
            }
        }
        throw new AssertionError("the line is nowhere");
    }
}
