package org.postrider.storage.address;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A domain name, canonical: A-labels and labels of letters, digits and hyphens, in lower case,
/// without a final dot (RFC 5890 §2.3.2.1, RFC 5321 §2.3.5). It is read in either form by IDNA2008.
///
/// @param value the canonical name
public record DomainName(String value) {

    private static final int LONGEST = 253;

    /// A character may be written as several that are put together.
    private static final int LONGEST_WRITTEN = 4 * LONGEST;

    /// With the ideographic full stop and the wide and narrow ones (RFC 5895 §2, UTS #46 §2.3).
    private static final String DOTS = ".\u3002\uFF0E\uFF61";

    private static final Pattern DOT = Pattern.compile("[" + DOTS + "]");

    public DomainName {
        value =
                canonical(value)
                        .orElseThrow(() -> new IllegalArgumentException("not a domain name"));
    }

    public static Optional<DomainName> parse(String text) {
        return canonical(text).map(DomainName::new);
    }

    /// The name as people read it: U-labels, but for those whose letters are of scripts that nobody
    /// mixes.
    public String display() {
        if (!value.contains(IdnaLabel.ACE_PREFIX)) {
            return value;
        }
        return Stream.of(value.split("\\.", -1))
                .map(label -> IdnaLabel.parse(label).orElseThrow().display())
                .collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> canonical(String text) {
        if (text.length() > LONGEST_WRITTEN) {
            return Optional.empty();
        }
        var name = withoutFinalDot(text);
        var lower = name.toLowerCase(Locale.ROOT);
        return isPlain(lower) ? Optional.of(lower) : internationalized(name);
    }

    private static String withoutFinalDot(String text) {
        boolean dot = !text.isEmpty() && DOTS.indexOf(text.charAt(text.length() - 1)) >= 0;
        return dot ? text.substring(0, text.length() - 1) : text;
    }

    /// Whether all labels are plain: nearly every name is, and is canonical as it stands.
    private static boolean isPlain(String name) {
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isPlainLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isPlainLabel(name, start, name.length()) && name.length() <= LONGEST;
    }

    /// Letters, digits and hyphens in places where they mean nothing (RFC 5890 §2.3.1).
    private static boolean isPlainLabel(String name, int start, int end) {
        if (start == end
                || end - start > IdnaLabel.LONGEST
                || name.charAt(start) == '-'
                || name.charAt(end - 1) == '-'
                || name.startsWith("--", start + 2)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> internationalized(String name) {
        var labels = new ArrayList<IdnaLabel>();
        for (var written : DOT.split(name, -1)) {
            var label = IdnaLabel.parse(written);
            if (label.isEmpty()) {
                return Optional.empty();
            }
            labels.add(label.get());
        }
        if (!BidiRule.holds(labels.stream().map(IdnaLabel::unicode).toList())) {
            return Optional.empty();
        }
        return Optional.of(labels.stream().map(IdnaLabel::ascii).collect(Collectors.joining(".")))
                .filter(canonical -> canonical.length() <= LONGEST);
    }
}
