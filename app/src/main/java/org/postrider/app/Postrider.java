package org.postrider.app;

import java.util.List;
import org.postrider.app.cli.Console;
import org.postrider.app.config.HttpPort;
import org.postrider.app.config.UnknownSettings;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The entry point: `demo`, `serve`, `restore` or `check`, then settings.
public final class Postrider {

    private static final int EXIT_FAULTS = 1;
    private static final int EXIT_NOT_RESTORED = 2;
    private static final int EXIT_USAGE = 2;

    private Postrider() {}

    /// Runs the server until it is told to stop, or restores its database.
    public static void main(String... words) {
        if (words.length > 0 && words[0].equals(CheckCommand.WORD)) {
            System.exit(CheckCommand.run(List.of(words).subList(1, words.length)));
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (IllegalArgumentException e) {
            Console.complain("postrider: " + e.getMessage() + "\n\n" + Arguments.usage());
            System.exit(EXIT_USAGE);
            return;
        }
        if (arguments.mode() == Mode.RESTORE) {
            System.exit(restore(arguments));
        }
        try {
            var context = start(arguments);
            Console.say(context.getBean(ServerReady.class).announcement());
        } catch (RuntimeException e) {
            // Spring has reported it by now (StartupReport) and closed what was open.
            System.exit(1);
        }
    }

    /// @return the exit status
    private static int restore(Arguments arguments) {
        try {
            var account = Restoring.run(arguments);
            Console.say(account.text());
            return account.clean() ? 0 : EXIT_FAULTS;
        } catch (RuntimeException e) {
            // As with the server, it has been reported.
            return EXIT_NOT_RESTORED;
        }
    }

    static ConfigurableApplicationContext start(Arguments arguments) {
        var application = new SpringApplication(ServerConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(arguments.mode().defaults());
        application.addListeners(new UnknownSettings(), new HttpPort());
        return application.run(arguments.settings().toArray(String[]::new));
    }
}
