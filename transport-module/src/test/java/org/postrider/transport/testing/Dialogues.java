package org.postrider.transport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The dialogues of a directory as tests, one for each file.
///
///     @TestFactory
///     Stream<DynamicTest> dialogues() {
///         return Dialogues.in("dialogues/pop3", Pop3Stage::new);
///     }
public final class Dialogues {

    private Dialogues() {}

    /// @param directory a directory of the test's resources; directories inside it count too
    /// @param stage makes the server for one dialogue; it is closed afterwards
    public static Stream<DynamicTest> in(String directory, Callable<? extends Stage> stage) {
        Path root = locate(directory);
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> scripts =
                    files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
            if (scripts.isEmpty()) {
                throw new IllegalArgumentException("no dialogues in " + root);
            }
            return scripts.stream()
                    .map(script ->
                            DynamicTest.dynamicTest(
                                    root.relativize(script).toString().replaceFirst("\\.txt$", ""),
                                    script.toUri(),
                                    () -> play(script, stage)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void play(Path script, Callable<? extends Stage> stage) throws Exception {
        Dialogue dialogue =
                Dialogue.parse(script.getFileName().toString(), Files.readAllLines(script));
        try (Stage open = stage.call()) {
            dialogue.play(open);
        }
    }

    private static Path locate(String directory) {
        URL url = Thread.currentThread().getContextClassLoader().getResource(directory);
        if (url == null) {
            throw new IllegalArgumentException(
                    "no directory " + directory + " among the test's resources");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
