package org.postrider.app.cli;

import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postrider.app.config.AccountSeries;
import org.postrider.app.config.ListenAddress;
import org.postrider.app.config.SettingProblem;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.error.YAMLException;

/// Says on one screen why the server did not start: the setting, what is wrong, what to do.
///
/// Spring makes it (`META-INF/spring.factories`), asks it first, and prints a stack trace itself
/// only for what this does not understand.
@Order(0)
public final class StartupReport implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        var problem = problem(failure);
        problem.map(StartupReport::screen).ifPresent(Console::complain);
        return problem.isPresent();
    }

    /// What a failure means for the person who made the settings, when it is theirs to solve.
    public static Optional<SettingProblem> problem(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingProblem problem) {
                return Optional.of(problem);
            }
            if (cause instanceof PortInUseException inUse) {
                return Optional.of(httpPort(inUse));
            }
            if (cause instanceof YAMLException broken) {
                return Optional.of(
                        new SettingProblem(
                                "the configuration file",
                                "is not well-formed YAML",
                                "mend the place that the reason names.",
                                broken));
            }
        }
        return causes(failure)
                .filter(BindException.class::isInstance)
                .map(cause -> badValue((BindException) cause))
                .findFirst();
    }

    /// The message itself.
    public static String screen(SettingProblem problem) {
        var text = new StringBuilder("\nPostrider cannot start.\n\n  ");
        text.append(problem.getMessage()).append(".\n  Fix: ").append(problem.fix()).append('\n');
        if (problem.getCause() != null) {
            text.append("  Reason: ").append(reason(problem.getCause())).append('\n');
        }
        return text.append('\n').toString();
    }

    /// What a failure says; one of the file system says only which file, and its name says what.
    private static String reason(Throwable cause) {
        var message = cause.getMessage();
        return message == null || cause instanceof FileSystemException ? cause.toString() : message;
    }

    private static SettingProblem httpPort(PortInUseException inUse) {
        return new SettingProblem(
                "server.port=" + inUse.getPort(),
                "is in use",
                "stop the program that listens there, or choose another port.");
    }

    private static SettingProblem badValue(BindException failure) {
        var type = failure.getTarget().getType().resolve(Object.class);
        var property = failure.getProperty();
        var setting =
                property == null
                        ? failure.getName().toString()
                        : property.getName() + "=" + property.getValue();
        var ownWords =
                causes(failure)
                        .filter(IllegalArgumentException.class::isInstance)
                        .map(Throwable::getMessage)
                        .filter(text -> text != null && text.matches("(is|has|needs|names) .*"))
                        .reduce((first, second) -> second);
        return new SettingProblem(setting, ownWords.orElseGet(() -> isNot(type)), fix(type));
    }

    private static String isNot(Class<?> type) {
        return "is not " + kind(type);
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of its words";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration";
            case "DataSize" -> "a size";
            case "DomainName" -> "a domain name";
            default -> "a value it can have";
        };
    }

    private static String fix(Class<?> type) {
        if (type == ListenAddress.class) {
            return "write address:port (127.0.0.1:143, [::1]:143, *:143 for every address), or off.";
        }
        if (type.isEnum()) {
            return "choose one of " + words(type) + ".";
        }
        if (type == Duration.class) {
            return "write a number with its unit: 30s, 10m, 24h.";
        }
        if (type == DataSize.class) {
            return "write a number with its unit: 512KB, 50MB.";
        }
        if (type == AccountSeries.class) {
            return "write pattern:count, for example u%05d@bench.test:600.";
        }
        return "docs/configuration.md says what it takes.";
    }

    private static String words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> word.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
