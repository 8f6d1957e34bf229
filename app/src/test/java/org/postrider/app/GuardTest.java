package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.transport.testing.TestClient;
import tools.jackson.databind.json.JsonMapper;

/// Too many failed logins, by whatever protocol, and how the administrator sees and forgives them.
class GuardTest {

    private static final String ANNA = "anna@example.test";

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        server =
                RunningServer.start(
                        directory,
                        "postrider.guard.failures-per-address=3",
                        "postrider.guard.exempt-networks=");
        server.account(ANNA, "right");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void failuresByOneProtocolLockAllOfThemUntilTheyAreForgiven() throws Exception {
        assertThat(imap("wrong")).startsWith("a NO [AUTHENTICATIONFAILED]");
        assertThat(pop3("false")).startsWith("-ERR [AUTH]");
        assertThat(imap("right")).startsWith("a OK");
        assertThat(submission("not right")).startsWith("535 5.7.8");

        assertThat(imap("right")).startsWith("a NO [UNAVAILABLE]");
        assertThat(pop3("right")).startsWith("-ERR [SYS/TEMP]");
        assertThat(submission("right")).startsWith("454 4.7.0");

        var seen = get("/api/v1/guard?limit=1");
        assertThat(seen.statusCode()).isEqualTo(200);
        var first = JsonMapper.shared().readTree(seen.body()).at("/guard/0");
        assertThat(first.get("kind").stringValue()).isEqualTo("address");
        assertThat(first.get("subject").stringValue()).isEqualTo("127.0.0.1");
        assertThat(first.get("failures").intValue()).isEqualTo(3);
        assertThat(first.get("lockedUntil").stringValue()).isNotBlank();
        assertThat(get("/api/v1/guard?after=address:127.0.0.1").body())
                .contains("127.0.0.0/24")
                .doesNotContain("\"127.0.0.1\"");

        assertThat(delete("/api/v1/guard/address?subject=127.0.0.1").statusCode()).isEqualTo(204);
        assertThat(imap("right")).startsWith("a OK");
        assertThat(delete("/api/v1/guard/address?subject=127.0.0.1").statusCode()).isEqualTo(404);
    }

    @Test
    void theSameWrongPasswordIsCountedOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(pop3("of last year")).startsWith("-ERR [AUTH]");
        }
        assertThat(imap("right")).startsWith("a OK");
    }

    @Test
    void theAnswerToTheFourthFailureIsDelayed(@TempDir Path directory) throws Exception {
        try (var patient = RunningServer.start(directory, "postrider.guard.exempt-networks=")) {
            patient.account(ANNA, "right");
            for (int i = 1; i <= 3; i++) {
                assertThat(pop3(patient, "guess " + i)).startsWith("-ERR [AUTH]");
            }
            long begun = System.nanoTime();
            assertThat(pop3(patient, "guess 4")).startsWith("-ERR [AUTH]");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(250));
            assertThat(pop3(patient, "right")).startsWith("+OK");
        }
    }

    @Test
    void aBadQuestionIsAnsweredWithTheParameterToBlame() throws Exception {
        assertThat(get("/api/v1/guard?limit=0").body()).contains("\"field\":\"limit\"");
        assertThat(get("/api/v1/guard?limit=1001").statusCode()).isEqualTo(422);
        assertThat(get("/api/v1/guard?limit=many").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/guard?after=nowhere").body()).contains("\"field\":\"after\"");
        assertThat(delete("/api/v1/guard/planet?subject=x").body()).contains("\"field\":\"kind\"");
        assertThat(delete("/api/v1/guard/address").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/guard").statusCode()).as("without a token").isEqualTo(401);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return server.send(administrator(path));
    }

    private HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return server.send(administrator(path).DELETE());
    }

    private HttpRequest.Builder administrator(String path) throws IOException {
        return HttpRequest.newBuilder(server.http(path))
                .header("Authorization", "Bearer " + server.token());
    }

    private String imap(String password) throws IOException {
        try (var client = TestClient.connect(server.listener("imap"))) {
            client.line();
            client.sendLine("a LOGIN " + ANNA + " \"" + password + "\"");
            return answer(client, "*");
        }
    }

    private String pop3(String password) throws IOException {
        return pop3(server, password);
    }

    private static String pop3(RunningServer server, String password) throws IOException {
        try (var client = TestClient.connect(server.listener("pop3"))) {
            client.line();
            client.sendLine("USER " + ANNA);
            client.line();
            return client.sendLine("PASS " + password).line();
        }
    }

    private String submission(String password) throws IOException {
        var plain = ("\0" + ANNA + "\0" + password).getBytes(StandardCharsets.UTF_8);
        try (var client = TestClient.connect(server.listener("submission"))) {
            client.line();
            client.sendLine("EHLO here");
            answer(client, "250-");
            return client.sendLine("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain))
                    .line();
        }
    }

    /// The first line that does not begin so.
    private static String answer(TestClient client, String before) throws IOException {
        var line = client.line();
        while (line.startsWith(before)) {
            line = client.line();
        }
        return line;
    }
}
