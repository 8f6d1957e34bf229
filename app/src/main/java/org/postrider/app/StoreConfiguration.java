package org.postrider.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.config.PostriderProperties;
import org.postrider.app.config.PostriderProperties.Database;
import org.postrider.app.config.SettingProblem;
import org.postrider.app.demo.DemoAccounts;
import org.postrider.app.security.PasswordHashing;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.JdbcStore;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The mail store, and who has mail in it.
@Configuration(proxyBeanMethods = false)
final class StoreConfiguration {

    private static final String EMBEDDED = "jdbc:h2:";

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    DataDirectory dataDirectory(PostriderProperties properties) {
        return DataDirectory.open(properties.dataDirectory());
    }

    @Bean
    Store store(PostriderProperties properties, DataDirectory dataDirectory, InstantSource clock) {
        var settings =
                settings(properties.database(), dataDirectory.path())
                        .withLimits(properties.store().limits());
        try {
            return JdbcStore.open(settings, clock);
        } catch (StoreUnavailable e) {
            throw new SettingProblem(
                    "postrider.database.url=" + settings.writtenUrl(),
                    "cannot be opened",
                    fix(settings),
                    e);
        }
    }

    @Bean
    PasswordHashing passwordHashing(PostriderProperties properties, SecureRandom random) {
        var password = properties.password();
        return new PasswordHashing(
                Math.toIntExact(password.memory().toKilobytes()),
                password.iterations(),
                password.parallelism(),
                random);
    }

    @Bean
    DemoAccounts demoAccounts(
            PostriderProperties properties, Store store, PasswordHashing hashing) {
        return properties.demo().enabled()
                ? DemoAccounts.prepare(properties.demo(), store, hashing)
                : DemoAccounts.none();
    }

    private static String fix(StoreSettings settings) {
        return settings.isEmbedded()
                ? "see the reason below; the files lie in " + settings.dataDirectory() + "."
                : "start PostgreSQL there, create the database and its user, and check"
                        + " postrider.database.user and postrider.database.password-file.";
    }

    static StoreSettings settings(Database database, Path dataDirectory) {
        var url = database.url();
        if (url == null || url.isBlank()) {
            return StoreSettings.embedded(dataDirectory);
        }
        if (url.startsWith(EMBEDDED)
                && (!url.startsWith(EMBEDDED + "file:") || url.contains(";"))) {
            throw new SettingProblem(
                    "postrider.database.url=" + url,
                    "is not a plain H2 file",
                    "write jdbc:h2:file:/path without further settings, or leave it out.");
        }
        var user = database.user();
        return StoreSettings.of(
                url,
                user == null ? "postrider" : user,
                secret(database.passwordFile()),
                dataDirectory);
    }

    private static String secret(@Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingProblem(
                    "postrider.database.password-file=" + file,
                    "cannot be read",
                    "let the user this server runs as read the file, or name another one.",
                    e);
        }
    }
}
