package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.restore.Restore;

/// A process that restores a database, says when it begins, and may be killed.
final class KilledRestore {

    private KilledRestore() {}

    /// @param arguments the data directory
    public static void main(String[] arguments) {
        var settings = StoreSettings.embedded(Path.of(arguments[0]));
        System.out.println("begun");
        System.out.flush();
        Restore.run(settings, InstantSource.system());
    }

    /// Starts one and kills it some time after it began.
    ///
    /// @return whether it had not ended before
    static boolean killed(Path directory, long millis) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledRestore.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            lines.readLine();
            return !process.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }
}
