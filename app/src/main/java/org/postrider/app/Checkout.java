package org.postrider.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.system.ApplicationHome;

/// The source tree this program was built in, when it runs from there.
final class Checkout {

    private Checkout() {}

    static Optional<Path> root() {
        var home = new ApplicationHome(Postrider.class);
        var start = home.getSource() == null ? home.getDir() : home.getSource();
        return Stream.<Path>iterate(
                        start.toPath().toAbsolutePath(), path -> path != null, Path::getParent)
                .filter(Checkout::isRoot)
                .findFirst();
    }

    private static boolean isRoot(Path directory) {
        return Files.isRegularFile(directory.resolve("pom.xml"))
                && Files.isDirectory(directory.resolve("storage-module"));
    }
}
