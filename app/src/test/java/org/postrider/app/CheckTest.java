package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Whether the data is as it must be: asked of the running server and of the stopped one's files.
@Timeout(180)
class CheckTest {

    private static final String ANN = "ann@example.test";

    @TempDir private Path directory;

    @Test
    void aRunningServerIsAskedAndAStoppedOneIsLookedAt() throws Exception {
        try (var server = RunningServer.start(directory)) {
            server.account(ANN, "secret");
            var answer =
                    server.post("/api/v1/check", "{\"deep\":true,\"account\":\"" + ANN + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var report = JsonMapper.shared().readTree(answer.body());
            assertThat(report.get("clean").booleanValue()).isTrue();
            assertThat(report.get("accounts").intValue()).isEqualTo(1);
            assertThat(report.get("mailboxes").intValue()).isEqualTo(6);
            assertThat(report.get("violations").isEmpty()).isTrue();
            assertThat(server.post("/api/v1/check", "").body()).contains("\"clean\":true");
            refuses(server, "{\"deep\":\"yes\"}", 400, "deep");
            refuses(server, "{\"account\":\"nobody@example.test\"}", 422, "account");
            refuses(server, "{\"repair\":true}", 400, "repair");
        }
        var clean = check(0);
        assertThat(clean)
                .contains("checked 1 accounts, 6 mailboxes, 0 messages")
                .contains("all is");
        breakFigures();
        assertThat(check(1, "--deep"))
                .contains("A1 " + ANN + ": is charged for 0 messages and 5 octets")
                .contains("1 times something is not as it must be")
                .doesNotContain("--deep reads them");
    }

    @Test
    void whatCannotBeCheckedHasAStatusOfItsOwn() throws Exception {
        assertThat(check(2)).contains("could not check: there is no mail store");
        assertThat(directory).isEmptyDirectory();
        assertThat(check(2, "--postrider.datadir=/x", "quickly"))
                .contains("'quickly' is not a setting");
        try (var server = ServerProcess.start(Map.of(), serve())) {
            server.await("event=\"ready");
            assertThat(check(2)).contains("in use by a server that runs").contains("/api/v1/check");
        }
    }

    private static void refuses(RunningServer server, String json, int status, String field)
            throws IOException, InterruptedException {
        var answer = server.post("/api/v1/check", json);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }

    private void breakFigures() throws Exception {
        var url = "jdbc:h2:file:" + directory.resolve("postrider");
        try (var connection = java.sql.DriverManager.getConnection(url, "postrider", "");
                var statement = connection.createStatement()) {
            statement.execute("update account_state set used_bytes = 5");
        }
    }

    private List<String> serve() {
        var words = new ArrayList<>(List.of("serve"));
        words.add("--postrider.data-dir=" + directory);
        for (var name :
                List.of("mx", "submission", "submissions", "pop3", "pop3s", "imap", "imaps")) {
            words.add("--postrider.listen." + name + "=127.0.0.1:0");
        }
        words.add("--server.port=0");
        return words;
    }

    private String check(int status, String... more) throws Exception {
        var words = new ArrayList<>(List.of("check", "--postrider.data-dir=" + directory));
        words.addAll(List.of(more));
        try (var process = ServerProcess.start(Map.of(), words)) {
            var printed = process.everything();
            assertThat(process.exitCode()).as(printed).isEqualTo(status);
            return printed;
        }
    }

    @Test
    void eachInvariantIsInTheDocuments() throws Exception {
        var page = Checkout.root().orElseThrow().resolve("docs/invariants.md");
        var text = Files.readString(page);
        for (var invariant : org.postrider.storage.check.Invariant.values()) {
            assertThat(text).contains("| " + invariant + " | " + invariant.sentence() + " |");
        }
    }
}
