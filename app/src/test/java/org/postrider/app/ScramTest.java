package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.testing.ScramClient;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

/// Logins by SCRAM-SHA-256 to the whole server.
class ScramTest {

    private static final String ANNA = "anna@example.test";
    private static final int EXPORTED = 32;

    private Path directory;
    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        server = RunningServer.start(directory);
        server.account(ANNA, "right");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyProtocolTakesIt() throws Exception {
        for (var password : new String[] {"right", "wrong"}) {
            boolean right = password.equals("right");
            try (var imap = TestClient.connect(server.listener("imap"))) {
                assertThat(imap.line())
                        .contains("AUTH=SCRAM-SHA-256 ")
                        .doesNotContain("SCRAM-SHA-256-PLUS");
                imap.sendLine("a AUTHENTICATE SCRAM-SHA-256");
                assertThat(prove(imap, "+ ", ANNA, password))
                        .startsWith(right ? "a OK" : "a NO [AUTHENTICATIONFAILED]");
            }
            try (var pop3 = TestClient.connect(server.listener("pop3"))) {
                pop3.line();
                pop3.sendLine("AUTH SCRAM-SHA-256");
                assertThat(prove(pop3, "+ ", ANNA, password))
                        .startsWith(right ? "+OK" : "-ERR [AUTH]");
            }
            try (var smtp = TestClient.connect(server.listener("submission"))) {
                smtp.line();
                smtp.sendLine("EHLO here");
                for (var line = smtp.line(); line.startsWith("250-"); line = smtp.line()) {
                    assertThat(line).doesNotContain("SCRAM-SHA-256-PLUS");
                }
                smtp.sendLine("AUTH SCRAM-SHA-256");
                assertThat(prove(smtp, "334 ", ANNA, password))
                        .startsWith(right ? "235 2.7.0" : "535 5.7.8");
            }
        }
    }

    @Test
    void underTlsItIsBoundToTheConnection() throws Exception {
        var certificate = Files.readAllBytes(directory.resolve("tls/certificate.pem"));
        try (var imap = TestClient.connect(server.listener("imaps"))) {
            imap.startTls(TestTls.trusting(certificate));
            assertThat(imap.line()).contains("AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 ");
            var session = (ExtendedSSLSession) imap.session();
            var exported =
                    session.exportKeyingMaterialData(
                            "EXPORTER-Channel-Binding", new byte[0], EXPORTED);
            imap.sendLine("a AUTHENTICATE SCRAM-SHA-256-PLUS");
            var client =
                    new ScramClient("p=tls-exporter,,", exported, ANNA, "right", "a-nonce-of-ours");
            assertThat(prove(imap, "+ ", client)).startsWith("a OK");
        }
    }

    @Test
    void whoIsNobodyCannotBeToldFromAWrongPassword() throws Exception {
        assertThat(imap("nobody@example.test", "right"))
                .isEqualTo(imap(ANNA, "wrong"))
                .startsWith("a NO [AUTHENTICATIONFAILED]");
    }

    @Test
    void aPasswordWithoutKeysHasThemAfterOneLogin() throws Exception {
        var kept = kept();
        var hashAlone = kept.encoded().substring(0, kept.encoded().indexOf(' '));
        var anna = directory().credential(address()).orElseThrow().account().id();
        TestStores.setPassword(server.bean(Store.class), anna, new PasswordHash(hashAlone));
        assertThat(imap(ANNA, "right")).startsWith("a NO [AUTHENTICATIONFAILED]");
        assertThat(login("wrong")).startsWith("a NO");
        assertThat(kept().encoded()).isEqualTo(hashAlone);

        assertThat(login("right")).startsWith("a OK");
        assertThat(kept().encoded()).contains(" SCRAM-SHA-256$");
        assertThat(imap(ANNA, "right")).startsWith("a OK");
        assertThat(login("right")).startsWith("a OK");
    }

    @Test
    void aPasswordIsKeptWithTheWorkOfTodaysSettingsAfterOneLogin() throws Exception {
        assertThat(kept().encoded()).startsWith("$argon2id$v=19$m=1024,t=2,");
        server.close();
        server = RunningServer.start(directory, "postrider.password.iterations=3");
        assertThat(login("right")).startsWith("a OK");
        var renewed = kept();
        assertThat(renewed.encoded()).startsWith("$argon2id$v=19$m=1024,t=3,");
        assertThat(login("right")).startsWith("a OK");
        assertThat(kept()).isEqualTo(renewed);
        assertThat(imap(ANNA, "right")).startsWith("a OK");
    }

    @Test
    void whatWasChangedMeanwhileIsNotRenewed() {
        var anna = directory().credential(address()).orElseThrow().account().id();
        var known = kept();
        var changed = new PasswordHash("$changed$");
        TestStores.setPassword(server.bean(Store.class), anna, changed);
        assertThat(directory().renewPassword(anna, known, new PasswordHash("$better$"))).isFalse();
        assertThat(kept()).isEqualTo(changed);
    }

    @Test
    void itCanBeSwitchedOff(@TempDir Path other) throws Exception {
        try (var without = RunningServer.start(other, "postrider.login.scram=false");
                var imap = TestClient.connect(without.listener("imap"))) {
            assertThat(imap.line()).contains("AUTH=PLAIN").doesNotContain("SCRAM");
        }
    }

    @Test
    void theSaltOfNobodyIsTheSameAfterARestart() throws Exception {
        var before = salt("nobody@example.test");
        server.close();
        server = RunningServer.start(directory);
        assertThat(salt("nobody@example.test")).isEqualTo(before);
        assertThat(Files.getPosixFilePermissions(directory.resolve("scram.secret"))).hasSize(2);
    }

    private Directory directory() {
        return server.bean(Store.class).directory();
    }

    private static MailAddress address() {
        return MailAddress.parse(ANNA).orElseThrow();
    }

    private PasswordHash kept() {
        return directory().credential(address()).orElseThrow().password();
    }

    private String login(String password) throws IOException {
        try (var imap = TestClient.connect(server.listener("imap"))) {
            imap.line();
            imap.sendLine("a LOGIN " + ANNA + " " + password);
            return answer(imap);
        }
    }

    private String imap(String name, String password) throws Exception {
        try (var imap = TestClient.connect(server.listener("imap"))) {
            imap.line();
            imap.sendLine("a AUTHENTICATE SCRAM-SHA-256");
            return prove(imap, "+ ", name, password);
        }
    }

    private String salt(String name) throws Exception {
        try (var imap = TestClient.connect(server.listener("imap"))) {
            imap.line();
            imap.sendLine("a AUTHENTICATE SCRAM-SHA-256");
            challenge(imap.line(), "+ ");
            respond(imap, new ScramClient("n,,", name, "any", "a-nonce-of-ours").first());
            return challenge(imap.line(), "+ ").split(",", -1)[1];
        }
    }

    private static String prove(TestClient client, String prompt, String name, String password)
            throws Exception {
        return prove(client, prompt, new ScramClient("n,,", name, password, "a-nonce-of-ours"));
    }

    /// @return what the login is answered with
    private static String prove(TestClient client, String prompt, ScramClient messages)
            throws Exception {
        assertThat(challenge(client.line(), prompt)).isEmpty();
        respond(client, messages.first());
        var last = messages.last(challenge(client.line(), prompt));
        respond(client, last.message());
        var word = challenge(client.line(), prompt);
        assertThat(word).isIn(last.signature(), "e=invalid-proof");
        client.sendLine("");
        return answer(client);
    }

    private static String challenge(String line, String prompt) {
        assertThat(line).startsWith(prompt);
        var base64 = line.substring(prompt.length());
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static void respond(TestClient client, String message) throws IOException {
        client.sendLine(
                Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static String answer(TestClient client) throws IOException {
        var line = client.line();
        while (line.startsWith("*")) {
            line = client.line();
        }
        return line;
    }
}
