package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.app.cli.StartupReport;
import org.postrider.app.config.SettingProblem;

/// What keeps a server with well-formed settings from starting, and the words that say so.
class StartupTest {

    @TempDir private Path directory;

    @Test
    void aTakenPortNamesItsKey() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var setting = "postrider.listen.imap=127.0.0.1:" + taken.getLocalPort();
            assertThat(problem(setting).getMessage()).isEqualTo(setting + " is in use");
        }
    }

    @Test
    void aTakenPortOfTheAdministrationNamesItsKey() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var setting = "server.port=" + taken.getLocalPort();
            assertThat(problem(setting).getMessage()).isEqualTo(setting + " is in use");
        }
    }

    @Test
    void aDirectoryThatAnotherServerUsesIsNamed() {
        try (var first = RunningServer.start(directory)) {
            assertThat(first.listener("imap").getPort()).isPositive();
            assertThat(problem().getMessage())
                    .isEqualTo(
                            "postrider.data-dir=%s is in use by another Postrider (process %d)"
                                    .formatted(directory, ProcessHandle.current().pid()));
        }
        RunningServer.start(directory).close();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        var inAFile = Files.createFile(directory.resolve("file")).resolve("data");
        assertThat(problem("postrider.data-dir=" + inAFile).getMessage())
                .isEqualTo("postrider.data-dir=" + inAFile + " cannot be written");
    }

    @Test
    void aDirectoryThatIsNotThereIsNotRestored() {
        var setting = "postrider.data-dir=" + directory.resolve("none");
        var failure =
                catchThrowable(() -> Restoring.run(Arguments.parse("restore", "--" + setting)));
        assertThat(StartupReport.problem(failure).orElseThrow().getMessage())
                .isEqualTo(setting + " is not there");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPasswordFileThatCannotBeReadIsNamed() {
        var setting = "postrider.database.password-file=" + directory.resolve("none");
        var problem = problem("postrider.database.url=jdbc:postgresql://127.0.0.1:1/x", setting);
        assertThat(problem.getMessage()).isEqualTo(setting + " cannot be read");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamed() {
        var setting = "postrider.database.url=jdbc:postgresql://127.0.0.1:1/postrider";
        var problem = problem(setting);
        assertThat(problem.getMessage()).isEqualTo(setting + " cannot be opened");
        assertThat(problem.getCause()).hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void aDatabaseOfAnUnknownKindIsNamed() {
        var setting = "postrider.database.url=jdbc:h2:mem:x";
        assertThat(problem(setting).getMessage()).isEqualTo(setting + " is not a plain H2 file");
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws SQLException {
        RunningServer.start(directory).close();
        var url = "jdbc:h2:file:" + directory.resolve("postrider");
        try (var connection = DriverManager.getConnection(url, "postrider", "");
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into "flyway_schema_history"
                    select 999, '999', 'later', "type", 'V999__later.sql', 1, "installed_by",
                           "installed_on", 1, true
                    from "flyway_schema_history"
                    where "installed_rank" = 1
                    """);
        }
        assertThat(StartupReport.screen(problem()))
                .contains("postrider.database.url=" + url + " cannot be opened")
                .contains("written by a newer Postrider (schema version 999)");
    }

    @Test
    void aCertificateThatCannotBeReadIsNamed() {
        var certificate = "postrider.tls.certificate=" + directory.resolve("none.pem");
        var problem = problem(certificate, "postrider.tls.key=" + directory.resolve("none.pem"));
        assertThat(problem.getMessage()).isEqualTo(certificate + " cannot be used");
    }

    @Test
    void aCommandLineThatSaysNothingIsAnsweredWithASentence() {
        assertThatThrownBy(() -> Arguments.parse()).hasMessage("say what to do.");
        assertThatThrownBy(() -> Arguments.parse("run")).hasMessage("say what to do.");
        assertThatThrownBy(() -> Arguments.parse("serve", "quietly"))
                .hasMessage("'quietly' is not a setting; write --key=value.");
        assertThat(Arguments.parse("demo", "--a=1", "--b=2", "--a=3").settings())
                .containsExactly("--a=3", "--b=2");
    }

    private SettingProblem problem(String... settings) {
        ThrowingCallable start = () -> RunningServer.start(directory, settings).close();
        var failure = catchThrowable(start);
        assertThat(failure).isNotNull();
        return StartupReport.problem(failure).orElseThrow();
    }
}
