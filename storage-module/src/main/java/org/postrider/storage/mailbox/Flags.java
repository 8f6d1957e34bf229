package org.postrider.storage.mailbox;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/// The flags of one message: system flags and keywords. Keywords are compared without regard to
/// case (RFC 9051 §2.3.2), kept in the spelling in which the mailbox met them first, and sorted.
///
/// @param system the system flags
/// @param keywords the keywords, sorted without regard to case, each once
public record Flags(Set<SystemFlag> system, List<String> keywords) {

    public static final Flags NONE = new Flags(Set.of(), List.of());

    public Flags {
        system = Set.copyOf(system);
        keywords = distinct(keywords);
    }

    public static Flags of(SystemFlag... flags) {
        return new Flags(Set.of(flags), List.of());
    }

    public boolean has(SystemFlag flag) {
        return system.contains(flag);
    }

    /// These flags and those.
    public Flags with(Flags more) {
        var flags = EnumSet.noneOf(SystemFlag.class);
        flags.addAll(system);
        flags.addAll(more.system);
        var words = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        keywords.forEach(word -> words.putIfAbsent(word, word));
        more.keywords.forEach(word -> words.putIfAbsent(word, word));
        return new Flags(flags, List.copyOf(words.values()));
    }

    /// These flags without those.
    public Flags without(Flags less) {
        var flags = EnumSet.noneOf(SystemFlag.class);
        flags.addAll(system);
        flags.removeAll(less.system);
        var gone = less.keywords.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        var words =
                keywords.stream()
                        .filter(word -> !gone.contains(word.toLowerCase(Locale.ROOT)))
                        .toList();
        return new Flags(flags, words);
    }

    private static List<String> distinct(Collection<String> keywords) {
        var words = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        keywords.forEach(word -> words.putIfAbsent(word, word));
        return List.copyOf(words.values());
    }
}
