package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that we did not write: Python's imaplib.
class PythonClientTest {

    @Test
    void imaplibDoesEverythingItCan(@TempDir Path directory) throws Exception {
        assertThat(run("imaplib_session.py", directory)).endsWith("done\n");
    }

    private static String run(String name, Path directory)
            throws IOException, InterruptedException {
        var script = directory.resolve(name);
        try (var stage = new ImapStage();
                var source = PythonClientTest.class.getResourceAsStream("/clients/" + name)) {
            Files.copy(Objects.requireNonNull(source), script);
            var address = stage.address();
            var process =
                    new ProcessBuilder(
                                    "python3",
                                    script.toString(),
                                    address.getAddress().getHostAddress(),
                                    Integer.toString(address.getPort()))
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        }
    }
}
