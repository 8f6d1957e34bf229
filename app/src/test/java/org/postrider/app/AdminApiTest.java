package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// The administration by REST, and each way to ask it wrongly.
@TestInstance(Lifecycle.PER_CLASS)
class AdminApiTest {

    private Path directory;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        server = RunningServer.start(directory);
        server.account("taken@example.test", "secret");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aDomainAndAnAccountAreCreated() throws IOException, InterruptedException {
        var domain = server.post("/api/v1/domains", "{\"name\":\"Bücher.Example\"}");
        assertThat(domain.statusCode()).isEqualTo(201);
        assertThat(domain.body()).isEqualTo("{\"name\":\"xn--bcher-kva.example\"}");
        var account =
                server.post(
                        "/api/v1/accounts",
                        "{\"address\":\"anna@bücher.example\",\"password\":\"geheim\"}");
        assertThat(account.statusCode()).isEqualTo(201);
        assertThat(account.body()).isEqualTo("{\"address\":\"anna@xn--bcher-kva.example\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    domains  | {                                  | 400 |
                    domains  | []                                 | 400 |
                    domains  | `"example.org"`                    | 400 |
                    domains  | {}                                 | 400 | name
                    domains  | {"name":null}                      | 400 | name
                    domains  | {"name":5}                         | 400 | name
                    domains  | {"name":["a.org"]}                 | 400 | name
                    domains  | {"name":"a.org","name":"b.org"}    | 400 |
                    domains  | {"name":"a.org","owner":"x"}       | 400 | owner
                    domains  | {"name":""}                        | 422 | name
                    domains  | {"name":"not a domain"}            | 422 | name
                    domains  | {"name":"a..org"}                  | 422 | name
                    domains  | {"name":"example.test"}            | 409 | name
                    domains  | {"name":"EXAMPLE.test."}           | 409 | name
                    accounts | {"address":"a@example.test"}       | 400 | password
                    accounts | {"password":"secret"}              | 400 | address
                    accounts | {"address":"a@example.test","password":7}       | 400 | password
                    accounts | {"address":"a@example.test","password":""}      | 422 | password
                    accounts | {"address":"a.example.test","password":"x"}     | 422 | address
                    accounts | {"address":"a@b@example.test","password":"x"}   | 422 | address
                    accounts | {"address":"@example.test","password":"x"}      | 422 | address
                    accounts | {"address":"a@elsewhere.test","password":"x"}   | 422 | address
                    accounts | {"address":"taken@example.test","password":"x"} | 409 | address
                    accounts | {"address":"TAKEN@Example.Test","password":"x"} | 409 | address
                    accounts | {"address":"a@example.test","password":"x","quota":1} | 400 | quota
                    nothing  | {}                                 | 404 |
                    """)
    void aBadRequestIsAnsweredWithTheFieldToBlame(
            String path, String json, int status, String field)
            throws IOException, InterruptedException {
        var answer = server.post("/api/v1/" + path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.path("detail").stringValue("")).isNotBlank();
        assertThat(problem.path("field").stringValue(null)).isEqualTo(field);
    }

    @Test
    void aPasswordOfMoreThanAThousandCharactersIsRefused()
            throws IOException, InterruptedException {
        var json = "{\"address\":\"long@example.test\",\"password\":\"" + "x".repeat(1_001) + "\"}";
        var answer = server.post("/api/v1/accounts", json);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"password\"").doesNotContain("xxx");
    }

    @ParameterizedTest
    @CsvSource({"Bearer wrong", "Bearer", "Basic YTpi", "''"})
    void whoDoesNotPresentTheTokenIsTurnedAway(String authorization)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.http("/api/v1/domains"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"stolen.test\"}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        var answer = server.send(request);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.body()).doesNotContain(server.token());
    }

    @Test
    void otherMethodsAndMediaTypesAreRefused() throws IOException, InterruptedException {
        var path = server.http("/api/v1/domains");
        var authorization = "Bearer " + server.token();
        var get = HttpRequest.newBuilder(path).header("Authorization", authorization);
        assertThat(server.send(get).statusCode()).isEqualTo(405);
        var text =
                HttpRequest.newBuilder(path)
                        .header("Authorization", authorization)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("name=a.org"));
        var answer = server.send(text);
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void onlyTheOwnerReadsTheToken() throws IOException {
        var permissions = Files.getPosixFilePermissions(directory.resolve("admin.token"));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
        assertThat(server.token()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void healthHasOneAnswerForEachPart() throws IOException, InterruptedException {
        var health = server.get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        var components = JsonMapper.shared().readTree(health.body()).get("components");
        assertThat(components.at("/database/status").stringValue()).isEqualTo("UP");
        assertThat(components.at("/listeners/components").propertyNames())
                .containsExactlyInAnyOrder(
                        "mx", "submission", "submissions", "pop3", "pop3s", "imap", "imaps");
        assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator",
        "/actuator/env",
        "/actuator/beans",
        "/actuator/heapdump",
        "/",
        "/error"
    })
    void nothingElseIsShown(String path) throws IOException, InterruptedException {
        assertThat(server.get(path).statusCode()).isIn(404, 500);
    }
}
