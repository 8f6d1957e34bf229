package org.postrider.app;

import java.nio.file.Files;
import java.time.InstantSource;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.config.PostriderProperties;
import org.postrider.app.config.SettingConverters;
import org.postrider.app.config.SettingProblem;
import org.postrider.app.config.UnknownSettings;
import org.postrider.storage.jdbc.restore.Restore;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// `postrider restore`: the settings of the server, and nothing of it is started.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostriderProperties.class)
@Import(SettingConverters.class)
final class Restoring {

    /// What is said in the end.
    ///
    /// @param clean whether the new database is as it must be
    record Account(String text, boolean clean) {}

    /// Restores, and gives the account of it. What goes wrong has been reported when this throws.
    static Account run(Arguments arguments) {
        var application = new SpringApplication(Restoring.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(arguments.mode().defaults());
        application.addListeners(new UnknownSettings());
        try (var context = application.run(arguments.settings().toArray(String[]::new))) {
            return context.getBean(Account.class);
        }
    }

    @Bean
    Account account(PostriderProperties properties) {
        if (!Files.isDirectory(properties.dataDirectory())) {
            throw new SettingProblem(
                    "postrider.data-dir=" + properties.dataDirectory(),
                    "is not there",
                    "name the directory of the server whose database is to be restored.");
        }
        var directory = DataDirectory.open(properties.dataDirectory());
        var settings =
                StoreConfiguration.settings(properties.database(), directory.path())
                        .withLimits(properties.store().limits());
        try {
            var report = Restore.run(settings, InstantSource.system());
            return new Account(report.text(), report.check().clean());
        } catch (StoreUnavailable e) {
            throw new SettingProblem(
                    "postrider.data-dir=" + directory.path(),
                    "was not restored",
                    "see the reason below; nothing was changed.",
                    e);
        }
    }
}
