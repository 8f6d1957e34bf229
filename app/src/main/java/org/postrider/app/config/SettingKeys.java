package org.postrider.app.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The names of all settings, read from the records that hold them.
public final class SettingKeys {

    private static final String PREFIX = "postrider";

    /// Which settings of Spring's may be set as well.
    private static final List<String> SPRING = List.of("server", "logging", "spring", "management");

    private static final List<String> ALL =
            names(PREFIX, PostriderProperties.class).sorted().toList();

    private SettingKeys() {}

    /// Every key of ours, sorted.
    public static List<String> all() {
        return ALL;
    }

    /// Whether a key is one of ours, or an element of a list of ours, or Spring's. As in Spring,
    /// `dataDir` and `data_dir` are `data-dir`.
    static boolean isKnown(String key) {
        var name = uniform(key);
        return ALL.stream().anyMatch(known -> uniform(known).equals(name))
                || SPRING.stream().anyMatch(s -> name.startsWith(s + "."));
    }

    static boolean isOurs(String key) {
        return uniform(key).startsWith(PREFIX + ".");
    }

    /// The known key that may be meant by one that differs in less than half of its letters, the
    /// prefix aside, which may be missing.
    static Optional<String> nearest(String key) {
        var name = key.toLowerCase(Locale.ROOT);
        var whole = name.startsWith(PREFIX + ".") ? name : PREFIX + "." + name;
        return Stream.of(name, whole)
                .flatMap(word -> ALL.stream().map(known -> new Guess(known, distance(word, known))))
                .min(Comparator.comparingInt(Guess::distance))
                .filter(guess -> 2 * guess.distance() < guess.key().length() - PREFIX.length())
                .map(Guess::key);
    }

    private record Guess(String key, int distance) {}

    private static String uniform(String key) {
        return key.replaceAll("\\[\\d+]$", "").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> names(prefix, component));
    }

    private static Stream<String> names(String prefix, RecordComponent component) {
        var name = prefix + "." + dashed(component.getName());
        boolean group = component.getType().getEnclosingClass() == PostriderProperties.class;
        return group && component.getType().isRecord()
                ? names(name, component.getType())
                : Stream.of(name);
    }

    private static String dashed(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /// How many letters must be added, dropped or changed to make one out of the other
    /// (Levenshtein).
    private static int distance(String one, String other) {
        var previous = new ArrayList<Integer>();
        for (int j = 0; j <= other.length(); j++) {
            previous.add(j);
        }
        for (int i = 1; i <= one.length(); i++) {
            var current = new ArrayList<Integer>();
            current.add(i);
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int cheapest = Math.min(previous.get(j) + 1, current.get(j - 1) + 1);
                current.add(Math.min(cheapest, previous.get(j - 1) + change));
            }
            previous = current;
        }
        return previous.getLast();
    }
}
