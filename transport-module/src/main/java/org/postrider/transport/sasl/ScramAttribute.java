package org.postrider.transport.sasl;

import java.util.List;
import java.util.Optional;

/// One `name=value` of a SCRAM message (RFC 5802 §5.1, §7).
final class ScramAttribute {

    /// Of a whole message, in octets: two names of the longest that is taken, each octet of which
    /// may have become three, and the rest.
    static final int LONGEST_MESSAGE = 8192;

    /// Every name that has a meaning; an extension has another.
    private static final String DEFINED = "anmrcsipve";

    private ScramAttribute() {}

    /// The attributes of a message, not yet looked at.
    static Optional<List<String>> split(byte[] message) {
        return Credential.read(message, 0, message.length, LONGEST_MESSAGE)
                .map(text -> List.of(text.split(",", -1)));
    }

    /// The value of an attribute of this name, if it is one.
    static Optional<String> value(char name, String attribute) {
        return attribute.length() > 2 && attribute.charAt(0) == name && attribute.charAt(1) == '='
                ? Optional.of(attribute.substring(2))
                : Optional.empty();
    }

    /// Whether these are extensions that may be left unread.
    static boolean areOptional(List<String> attributes) {
        return attributes.stream()
                .allMatch(each ->
                        !each.isEmpty()
                                && isLetter(each.charAt(0))
                                && DEFINED.indexOf(each.charAt(0)) < 0
                                && value(each.charAt(0), each).isPresent());
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
