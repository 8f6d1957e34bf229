package org.postrider.app.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of the project as they lie on disk, without what a build, a tool or git put there.
///
/// @param root the directory of the top-level `pom.xml`
/// @param files every file below it, sorted
record SourceTree(Path root, List<Path> files) {

    private static final Set<String> NOT_OURS =
            Set.of(
                    "target",
                    ".git",
                    ".idea",
                    ".vscode",
                    ".settings",
                    "node_modules",
                    "__pycache__");

    static SourceTree ofThisProject() {
        var root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("storage-module"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("not inside a checkout of the project");
            }
        }
        return new SourceTree(root, walk(root));
    }

    /// The directories that hold modules.
    List<Path> modules() {
        return files.stream()
                .filter(file -> file.endsWith("pom.xml"))
                .map(Path::getParent)
                .filter(directory -> !directory.equals(root))
                .toList();
    }

    Stream<Path> java() {
        return files.stream().filter(file -> file.toString().endsWith(".java"));
    }

    Stream<Path> withSuffix(Set<String> suffixes) {
        return files.stream().filter(file -> suffixes.stream().anyMatch(file.toString()::endsWith));
    }

    /// How a file is named in a report: from the root, with slashes.
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    boolean isMain(Path file) {
        return name(file).contains("/src/main/");
    }

    String text(Path file) {
        try {
            // Latin-1 takes every octet: a test case in another charset is no error here.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String utf8(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> walk(Path root) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(directory.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile()) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }
}
