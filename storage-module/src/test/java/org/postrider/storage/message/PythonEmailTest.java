package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ENVELOPE and BODYSTRUCTURE of every message of the corpus, field by field beside what Python's
/// email package says. Each difference has a [PythonRule], or is a fault.
@Tag("shared")
class PythonEmailTest {

    private static final Path CORPUS =
            Path.of(System.getenv().getOrDefault("POSTRIDER_SHARED", "../shared"), "corpus/open");

    @TempDir private Path directory;

    @Test
    void every_difference_is_explained() throws Exception {
        var theirs = theirs();
        var explained = new EnumMap<PythonRule, Integer>(PythonRule.class);
        var faults = new ArrayList<PythonDifference>();
        int fields = 0;
        for (var message : theirs.entrySet()) {
            var ours = MetaFields.of(parse(Path.of(message.getKey())));
            fields += ours.size();
            for (var difference : differences(message.getKey(), ours, message.getValue())) {
                rule(difference)
                        .ifPresentOrElse(
                                rule -> explained.merge(rule, 1, Integer::sum),
                                () -> faults.add(difference));
            }
        }
        System.out.println(
                theirs.size() + " messages, " + fields + " fields, but for " + explained);
        assertThat(theirs).hasSizeGreaterThan(2_000);
        assertThat(faults).as("differences that no rule explains").isEmpty();
    }

    private static Optional<PythonRule> rule(PythonDifference difference) {
        for (var rule : PythonRule.values()) {
            if (rule.explains(difference)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /// The fields that differ; of a part whose shape differs nothing but that.
    private static List<PythonDifference> differences(
            String file, Map<String, String> ours, Map<String, String> theirs) {
        var keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        var otherShape = new ArrayList<String>();
        for (var key : keys) {
            if (key.endsWith("shape") && !Objects.equals(ours.get(key), theirs.get(key))) {
                otherShape.add(part(key));
            }
        }
        var differences = new ArrayList<PythonDifference>();
        for (var key : keys) {
            var part = part(key);
            var name = key.substring(part.length());
            boolean inside =
                    otherShape.stream()
                            .anyMatch(other ->
                                    part.startsWith(other)
                                            && !(part + "shape").equals(other + name));
            if (!name.equals("defects")
                    && !inside
                    && !Objects.equals(ours.get(key), theirs.get(key))) {
                differences.add(
                        new PythonDifference(
                                file, part, name, ours.get(key), theirs.get(key), ours, theirs));
            }
        }
        return differences;
    }

    /// `1.2.m.` of `1.2.m.envelope.to`.
    private static String part(String key) {
        int end = 0;
        int dot = key.indexOf('.');
        while (dot >= 0 && key.substring(end, dot).matches("m|[0-9]+")) {
            end = dot + 1;
            dot = key.indexOf('.', end);
        }
        return key.substring(0, end);
    }

    private static MessageMeta parse(Path file) throws IOException {
        var octets = LineEnds.crlf(Files.readAllBytes(file));
        var parser = MessageParser.begin();
        parser.write(octets, 0, octets.length);
        return parser.finish();
    }

    private Map<String, Map<String, String>> theirs() throws Exception {
        var script = directory.resolve("email_fields.py");
        try (var resource = PythonEmailTest.class.getResourceAsStream("email_fields.py")) {
            Files.copy(Objects.requireNonNull(resource), script);
        }
        var names = directory.resolve("names");
        try (var files = Files.walk(CORPUS);
                var list = Files.newBufferedWriter(names)) {
            write(list, files.filter(file -> file.toString().endsWith(".eml")).sorted().toList());
        }
        var python =
                new ProcessBuilder("python3", script.toString())
                        .redirectInput(names.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var output = python.inputReader(StandardCharsets.UTF_8)) {
            var read = read(output);
            assertThat(python.waitFor()).as("python3").isZero();
            return read;
        }
    }

    private static void write(BufferedWriter list, List<Path> files) throws IOException {
        for (var file : files) {
            list.write(file.toAbsolutePath() + "\n");
        }
    }

    private static Map<String, Map<String, String>> read(BufferedReader output) throws IOException {
        var messages = new LinkedHashMap<String, Map<String, String>>();
        Map<String, String> fields = new TreeMap<>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var pair = line.split("\t", 2);
            if (pair[0].equals("file")) {
                fields = new TreeMap<>();
                messages.put(pair[1], fields);
            } else {
                fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.ISO_8859_1));
            }
        }
        return messages;
    }
}
