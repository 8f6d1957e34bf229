package org.postrider.storage.jdbc;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the sessions of a process claim, in files that outlive it.
record ClaimFiles(Path directory) {

    private static final String ACKNOWLEDGED = ".acknowledged";
    private static final String ASKED = ".asked";

    /// Writes down what a session claims now.
    void keep(String session, ModelSession.Claim claim) {
        try {
            var asked = directory.resolve(session + ASKED);
            if (claim.asked() != null) {
                write(asked, claim.asked());
            } else if (Files.exists(asked)) {
                Files.move(asked, directory.resolve(session + ACKNOWLEDGED), ATOMIC_MOVE);
            } else {
                write(directory.resolve(session + ACKNOWLEDGED), claim.acknowledged());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Who reads a file finds it whole.
    private static void write(Path file, String text) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, ATOMIC_MOVE);
    }

    /// The states of which one must be found, of each session that claimed any.
    Map<String, List<String>> states() throws IOException {
        var states = new TreeMap<String, List<String>>();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (!name.endsWith(".new")) {
                    states.computeIfAbsent(
                                    name.substring(0, name.indexOf('.')), _ -> new ArrayList<>())
                            .add(Files.readString(file));
                }
            }
        }
        return states;
    }
}
