package org.postrider.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.app.config.HttpPort;
import org.postrider.app.config.PostriderProperties;
import org.postrider.app.config.SettingConverters;
import org.postrider.app.config.SettingProblem;
import org.postrider.app.config.UnknownSettings;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/// Every way to get a setting wrong, and the words that answer it.
class BadSettingsTest {

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PostriderProperties.class)
    @Import(SettingConverters.class)
    static class SettingsOnly {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    listen.imap=143             | is neither address:port nor off
                    listen.imap=localhost:imap  | has no port from 0 to 65535 after the last colon
                    listen.mx=127.0.0.1:70000   | has no port from 0 to 65535 after the last colon
                    listen.mx=::1:25            | needs brackets around its IPv6 address: [::1]:143
                    listen.pop3=no.such.host.invalid:110 | names a host that cannot be found: no.such.host.invalid
                    hostname=not a name         | is not a domain name
                    mx.auth=yes                 | is not one of its words
                    login.plain-text=always     | is not one of its words
                    limits.connections=many     | is not a number
                    limits.connections=0        | is out of bounds
                    limits.connections-per-address=-1 | is out of bounds
                    limits.message-size=big     | is not a size
                    limits.message-size=1KB     | is out of bounds
                    password.memory=19          | is out of bounds
                    password.iterations=0       | is out of bounds
                    password.parallelism=99     | is out of bounds
                    password.remember-for=soon  | is not a duration
                    password.remember-for=25h   | is out of bounds
                    proxy.trusted-networks=here | is not a network such as 192.0.2.0/24 or 2001:db8::/32
                    database.url=mysql://db     | is no database Postrider knows
                    database.url=jdbc:postgresql://db/mail?user=u&password=s3cret | holds a password
                    database.url=jdbc:postgresql://u:s3/cret@db/mail | holds a password
                    database.url=postgres://u:s3cret@db:5432/mail | holds a password
                    database.url=jdbc:h2:file:/srv/mail;PASSWORD=s3cret | holds a password
                    demo.accounts=nobody        | is no pattern of an address
                    demo.accounts=x@y.test:3    | has no place for the number in its pattern
                    demo.accounts=x%d@y.test:no | has no count after the last colon
                    demo.accounts=x%s%s@y.test:2 | is no pattern of an address: Format specifier '%s'
                    listen.impa=127.0.0.1:143   | is not a setting of Postrider
                    data-directory=/srv         | is not a setting of Postrider
                    """)
    void aBadValueIsNamed(String setting, String problem) {
        var found = start("--postrider." + setting);
        assertThat(found).isNotNull();
        assertThat(found.setting()).startsWith("postrider." + setting.replaceAll("=.*", ""));
        assertThat(found.getMessage()).endsWith(" " + problem);
        assertThat(found.fix()).isNotBlank();
    }

    @Test
    void theScreenNamesTheSettingTheProblemAndTheFix() {
        var problem = start("--postrider.listen.imap=143");
        assertThat(problem).isNotNull();
        assertThat(StartupReport.screen(problem))
                .isEqualTo(
                        """

                        Postrider cannot start.

                          postrider.listen.imap=143 is neither address:port nor off.
                          Fix: write address:port (127.0.0.1:143, [::1]:143, *:143 for every address), or off.

                        """);
    }

    @Test
    void thePasswordInTheUrlOfTheDatabaseIsNotRepeated() {
        var problem = start("--postrider.database.url=jdbc:postgresql://u:s3cret@db/mail");
        assertThat(problem).isNotNull();
        assertThat(StartupReport.screen(problem))
                .contains("postrider.database.password-file")
                .doesNotContain("s3cret");
    }

    @Test
    void aMisspeltSettingIsAnsweredWithTheOneThatWasMeant() {
        var problem = start("--postrider.listen.impa=127.0.0.1:143");
        assertThat(problem).isNotNull();
        assertThat(problem.fix()).isEqualTo("did you mean postrider.listen.imap?");
    }

    @ParameterizedTest
    @CsvSource({
        "foo=bar, docs/configuration.md has all settings.",
        "postrider.colour=blue, docs/configuration.md has all settings.",
        "data-dir=/srv, did you mean postrider.data-dir?",
        "listen.imap=off, did you mean postrider.listen.imap?",
    })
    void aSettingThatIsLikeNoneIsNotGuessed(String setting, String fix) {
        var problem = start("--" + setting);
        assertThat(problem).isNotNull();
        assertThat(problem.fix()).isEqualTo(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "-1", "123456789012"})
    void theHttpPortIsAPort(String port) {
        var problem = start("--server.port=" + port);
        assertThat(problem).isNotNull();
        assertThat(problem.getMessage())
                .isEqualTo("server.port=" + port + " is no port from 0 to 65535");
    }

    @Test
    void aMisspeltPrefixIsFoundOnTheCommandLine() {
        var problem = start("--postrder.data-dir=/srv");
        assertThat(problem).isNotNull();
        assertThat(problem.getMessage())
                .isEqualTo("postrder.data-dir is not a setting of Postrider");
        assertThat(problem.fix()).isEqualTo("did you mean postrider.data-dir?");
    }

    @Test
    void aKeyWithoutItsCertificateIsMissingTheCertificate() {
        var problem = start("--postrider.tls.key=/srv/key.pem");
        assertThat(problem).isNotNull();
        assertThat(problem.getMessage())
                .isEqualTo("postrider.tls.certificate is missing, while postrider.tls.key is set");
    }

    @Test
    void anEmptyDataDirectoryIsRefused() {
        var problem = start("--postrider.data-dir=");
        assertThat(problem).isNotNull();
        assertThat(problem.getMessage()).isEqualTo("postrider.data-dir is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "postrider.dataDir=/srv",
        "postrider.proxy.trusted-networks[0]=10.0.0.0/8",
        "postrider.listen.imap=off",
        "postrider.listen.imaps=[::1]:0",
        "postrider.listen.mx=*:25",
        "postrider.database.url=jdbc:postgresql://[::1]:5432/mail?user=mail@db&passfile=/srv/pg",
        "server.port=0",
    })
    void whatSpringUnderstandsIsTaken(String setting) {
        assertThat(start("--" + setting)).isNull();
    }

    @Test
    void aConfigurationFileMaySayOffWithoutQuotes(@TempDir Path directory) throws IOException {
        var file = directory.resolve("postrider.yaml");
        Files.writeString(
                file,
                """
                postrider:
                  listen: {imap: off, pop3: "off"}
                  mx: {auth: off}
                  proxy: {trusted-networks: [10.0.0.0/8, "::1/128"]}
                """);
        assertThat(start("--spring.config.additional-location=file:" + file)).isNull();
    }

    @Test
    void aConfigurationFileThatIsNoYamlIsRefused(@TempDir Path directory) throws IOException {
        var file = directory.resolve("postrider.yaml");
        Files.writeString(file, "postrider:\n  listen\n    imap: off\n");
        var problem = start("--spring.config.additional-location=file:" + file);
        assertThat(problem).isNotNull();
        assertThat(problem.getMessage())
                .isEqualTo("the configuration file is not well-formed YAML");
    }

    private static @Nullable SettingProblem start(String argument) {
        var application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addListeners(new UnknownSettings(), new HttpPort());
        application.setDefaultProperties(Map.of("postrider.data-dir", "/nowhere"));
        try (var context = application.run(argument)) {
            context.getBean(PostriderProperties.class);
            return null;
        } catch (RuntimeException e) {
            return StartupReport.problem(e).orElseThrow(() -> e);
        }
    }
}
