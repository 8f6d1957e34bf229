package org.postrider.transport.sasl;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The client's first message (RFC 5802 §7, client-first-message).
///
/// @param header the GS2 header as it was sent, which the last message repeats
/// @param actAs whom the client wants to be
/// @param name of whose password there will be a proof, as it was sent
/// @param nonce the client's part
/// @param bare the message without the header
record ScramClientFirst(
        Binding binding,
        String header,
        Optional<String> actAs,
        String name,
        String nonce,
        String bare) {

    /// What the client says of channel binding (RFC 5802 §6).
    sealed interface Binding {
        /// `n`: it knows of none.
        record None() implements Binding {}

        /// `y`: it could, and believes that we cannot.
        record NotOffered() implements Binding {}

        /// `p=`: it binds.
        record Bound(String type) implements Binding {}
    }

    private static final int LONGEST_NONCE = 512;

    /// RFC 5802 §7, cb-name.
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    static ScramReading<ScramClientFirst> read(byte[] message) {
        var attributes = ScramAttribute.split(message);
        return attributes.isPresent() && attributes.get().size() > 2
                ? read(attributes.get())
                : unreadable(ScramError.INVALID_ENCODING);
    }

    /// A flag and perhaps an `a=` are the GS2 header; the rest is bare.
    private static ScramReading<ScramClientFirst> read(List<String> attributes) {
        var binding = binding(attributes.get(0));
        var actAs = saslName('a', attributes.get(1));
        boolean actsAs = !attributes.get(1).isEmpty();
        var rest = attributes.subList(2, attributes.size());
        if (binding.isEmpty() || (actsAs && actAs.isEmpty())) {
            return unreadable(ScramError.INVALID_ENCODING);
        }
        if (rest.getFirst().startsWith("m=")) {
            return unreadable(ScramError.EXTENSIONS_NOT_SUPPORTED);
        }
        if (rest.size() < 2 || !rest.getFirst().startsWith("n=")) {
            return unreadable(ScramError.INVALID_ENCODING);
        }
        var name = saslName('n', rest.getFirst());
        if (name.isEmpty()) {
            return unreadable(ScramError.INVALID_USERNAME_ENCODING);
        }
        var nonce = ScramAttribute.value('r', rest.get(1)).filter(ScramClientFirst::isNonce);
        if (nonce.isEmpty() || !ScramAttribute.areOptional(rest.subList(2, rest.size()))) {
            return unreadable(ScramError.INVALID_ENCODING);
        }
        return new ScramReading.Read<>(
                new ScramClientFirst(
                        binding.get(),
                        attributes.get(0) + "," + attributes.get(1) + ",",
                        actAs,
                        name.get(),
                        nonce.get(),
                        String.join(",", rest)));
    }

    private static ScramReading<ScramClientFirst> unreadable(ScramError why) {
        return new ScramReading.Unreadable<>(why);
    }

    private static Optional<Binding> binding(String flag) {
        return switch (flag) {
            case "n" -> Optional.of(new Binding.None());
            case "y" -> Optional.of(new Binding.NotOffered());
            default ->
                    ScramAttribute.value('p', flag)
                            .filter(type -> TYPE.matcher(type).matches())
                            .map(Binding.Bound::new);
        };
    }

    private static boolean isNonce(String text) {
        return text.length() <= LONGEST_NONCE && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static Optional<String> saslName(char attribute, String text) {
        return ScramAttribute.value(attribute, text)
                .flatMap(ScramClientFirst::unescape)
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= Credential.LONGEST);
    }

    /// A name in which `=2C` is a comma and `=3D` an equals sign (RFC 5802 §5.1); any other use of
    /// that sign is wrong.
    private static Optional<String> unescape(String text) {
        var parts = List.of(text.split("=", -1));
        var name = new StringBuilder(parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            if (part.startsWith("2C")) {
                name.append(',');
            } else if (part.startsWith("3D")) {
                name.append('=');
            } else {
                return Optional.empty();
            }
            name.append(part, 2, part.length());
        }
        return Optional.of(name.toString());
    }
}
