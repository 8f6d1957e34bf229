package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postrider.storage.message.BodyPart.Parameter;

/// Parameters as they are read, and the joining of those that RFC 2231 §3 lets continue: `name*0=`,
/// `name*1=` become `name`; when a segment is `name*0*=` they become `name*`, whose value keeps its
/// charset and percent signs (RFC 2231 §4.1).
final class ParameterList {

    private record Segment(String value, boolean extended) {}

    private static final String NOT_ATTRIBUTE = "%*'";
    private static final int SEGMENT_DIGITS = 3;

    private final MessageLimits limits;
    private final Map<String, String> spelling = new LinkedHashMap<>();
    private final Map<String, String> plain = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Segment>> continued = new LinkedHashMap<>();
    private int count;

    ParameterList(MessageLimits limits) {
        this.limits = limits;
    }

    boolean isFull() {
        return count >= limits.parameters();
    }

    void add(String name, String value) {
        count++;
        if (name.isEmpty()) {
            return;
        }
        int star = name.indexOf('*');
        boolean extended = name.endsWith("*");
        var after = star < 0 ? "" : name.substring(star + 1);
        var number = extended && !after.isEmpty() ? after.substring(0, after.length() - 1) : after;
        boolean segment = star > 0 && isNumber(number);
        var base = segment ? name.substring(0, star) : name;
        var key = FieldName.key(base) + (segment ? " " : "");
        spelling.putIfAbsent(key, base);
        if (segment) {
            continued
                    .computeIfAbsent(key, _ -> new TreeMap<>())
                    .putIfAbsent(Integer.parseInt(number), new Segment(value, extended));
        } else {
            plain.putIfAbsent(key, value);
        }
    }

    List<Parameter> joined() {
        var parameters = new ArrayList<Parameter>();
        spelling.forEach((key, name) -> {
            var segments = continued.get(key);
            parameters.add(
                    segments == null
                            ? parameter(name, plain.getOrDefault(key, ""))
                            : join(name, segments));
        });
        return parameters;
    }

    private Parameter join(String name, Map<Integer, Segment> segments) {
        boolean extended = segments.values().stream().anyMatch(Segment::extended);
        var value = new StringBuilder();
        for (var segment : segments.values()) {
            value.append(
                    extended && !segment.extended() ? percent(segment.value()) : segment.value());
        }
        return parameter(extended ? name + "*" : name, value.toString());
    }

    private Parameter parameter(String name, String value) {
        int most = limits.parameterOctets();
        return new Parameter(cut(name, most), cut(value, most));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= SEGMENT_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// A plain segment among extended ones, in their form.
    private static String percent(String text) {
        var encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (MimeValue.isTokenChar(c) && NOT_ATTRIBUTE.indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c));
            }
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit & 0xF);
    }
}
