package org.postrider.app;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// The command line: a mode, then settings.
///
/// @param settings as `--key=value`, each key once
record Arguments(Mode mode, List<String> settings) {

    Arguments {
        settings = List.copyOf(settings);
    }

    /// Reads the command line. Of a key given twice the last counts, so that a script's settings
    /// can be overruled behind them.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote it
    static Arguments parse(String... words) {
        var mode =
                Arrays.stream(words)
                        .findFirst()
                        .flatMap(Mode::of)
                        .orElseThrow(() -> new IllegalArgumentException("say what to do."));
        var settings = new LinkedHashMap<String, String>();
        for (var word : List.of(words).subList(1, words.length)) {
            if (!word.matches("(?s)--[^=]+=.*")) {
                throw new IllegalArgumentException(
                        "'" + word + "' is not a setting; write --key=value.");
            }
            settings.put(word.substring(2, word.indexOf('=')), word);
        }
        return new Arguments(mode, List.copyOf(settings.values()));
    }

    static String usage() {
        return Arrays.stream(Mode.values())
                .map(mode -> "  %-8s %s%n".formatted(mode.word(), mode.purpose()))
                .collect(
                        Collectors.joining(
                                "",
                                "usage: postrider demo|serve|restore|check [--key=value …]\n\n",
                                "  %-8s %s%n"
                                                .formatted(
                                                        CheckCommand.WORD,
                                                        "whether a stopped store is as it must be;"
                                                                + " --deep reads every message")
                                        + "\nThe settings stand in docs/configuration.md, for example"
                                        + " --postrider.listen.imap=127.0.0.1:12143.\n"));
    }
}
