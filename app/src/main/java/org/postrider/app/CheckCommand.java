package org.postrider.app;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postrider.app.cli.Console;
import org.postrider.app.config.PostriderProperties;
import org.postrider.app.config.SettingConverters;
import org.postrider.app.config.UnknownSettings;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.jdbc.check.StoppedStore;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/// `postrider check [--deep] [--key=value …]`: looks at a store that no server has open, and writes
/// a line for each thing that is not as it must be. It changes nothing.
final class CheckCommand {

    static final String WORD = "check";

    private static final String DEEP = "--deep";
    private static final int CLEAN = 0;
    private static final int VIOLATIONS = 1;
    private static final int NOT_CHECKED = 2;

    private CheckCommand() {}

    /// What of the server's configuration is needed to find the store.
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PostriderProperties.class)
    @Import(SettingConverters.class)
    static class SettingsOnly {}

    /// @param words what follows the command
    /// @return the exit status
    static int run(List<String> words) {
        var settings = new ArrayList<>(words);
        boolean deep = settings.remove(DEEP);
        try {
            var arguments =
                    Arguments.parse(prepended(Mode.SERVE.word(), settings).toArray(String[]::new));
            return check(store(arguments), deep);
        } catch (IllegalArgumentException e) {
            Console.complain("postrider: " + e.getMessage() + "\n\n" + Arguments.usage());
            return NOT_CHECKED;
        } catch (StoreUnavailable e) {
            Console.complain(notChecked(e));
            return NOT_CHECKED;
        } catch (RuntimeException e) {
            // Spring has reported it by now (StartupReport).
            return NOT_CHECKED;
        }
    }

    private static List<String> prepended(String first, List<String> rest) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static StoreSettings store(Arguments arguments) {
        var application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(arguments.mode().defaults());
        application.addListeners(new UnknownSettings());
        try (var context = application.run(arguments.settings().toArray(String[]::new))) {
            var properties = context.getBean(PostriderProperties.class);
            return StoreConfiguration.settings(properties.database(), properties.dataDirectory());
        }
    }

    private static int check(StoreSettings store, boolean deep) {
        var options = new CheckOptions(deep, Optional.empty());
        var report =
                StoppedStore.check(
                        store,
                        InstantSource.system(),
                        options,
                        violation -> Console.say(violation + "\n"));
        Console.say(summary(report, deep));
        return report.clean() ? CLEAN : VIOLATIONS;
    }

    static String summary(CheckReport report, boolean deep) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%schecked %d accounts, %d mailboxes, %d messages, %d bodies: ",
                        report.clean() ? "" : "\n",
                        report.accounts(),
                        report.mailboxes(),
                        report.messages(),
                        report.bodies()));
        text.append(
                report.clean()
                        ? "all is as it must be.\n"
                        : report.found() + " times something is not as it must be.\n");
        var counts = new EnumMap<Invariant, Long>(Invariant.class);
        counts.putAll(report.violations());
        for (var harm : Invariant.Harm.values()) {
            counts.entrySet().stream()
                    .filter(count -> count.getKey().harm() == harm)
                    .forEach(count ->
                            text.append(
                                    String.format(
                                            Locale.ROOT,
                                            "  %-3s %6d x  not so: %s (%s)%n",
                                            count.getKey(),
                                            count.getValue(),
                                            count.getKey().sentence(),
                                            harm.sentence())));
        }
        if (!report.clean()) {
            text.append("docs/invariants.md says what helps. Nothing was changed.\n");
        }
        if (!deep) {
            text.append("The octets of the messages were not read; --deep reads them.\n");
        }
        return text.toString();
    }

    private static String notChecked(StoreUnavailable why) {
        var text = new StringBuilder("postrider: could not check: " + why.getMessage() + "\n");
        Arrays.stream(new Throwable[] {why.getCause()})
                .filter(cause -> cause != null)
                .forEach(
                        cause -> text.append("  Reason: ").append(cause.getMessage()).append('\n'));
        return text.append(
                        """
                          A server that runs is asked itself, with the token of the file admin.token:
                            curl -X POST -H "Authorization: Bearer $(cat admin.token)" \\
                              -H "Content-Type: application/json" -d '{"deep":true}' \\
                              http://127.0.0.1:8080/api/v1/check
                        """)
                .toString();
    }
}
