package org.postrider.imap.command;

import java.util.List;
import java.util.Optional;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;

/// Finds a part by its numbers (RFC 3501 §6.4.5): the parts of a multipart are counted, and a
/// message that has none has one, itself.
final class PartPath {

    private PartPath() {}

    /// The part, or empty when the message has none with these numbers.
    static Optional<BodyPart> find(BodyPart message, List<Integer> numbers) {
        var found = inMessage(message, numbers.getFirst());
        for (int number : numbers.subList(1, numbers.size())) {
            found = found.flatMap(part -> below(part, number));
        }
        return found;
    }

    private static Optional<BodyPart> inMessage(BodyPart message, int number) {
        return switch (message) {
            case Multipart multipart -> child(multipart, number);
            case Leaf _, Embedded _ -> number == 1 ? Optional.of(message) : Optional.empty();
        };
    }

    private static Optional<BodyPart> below(BodyPart part, int number) {
        return switch (part) {
            case Multipart multipart -> child(multipart, number);
            case Embedded embedded -> inMessage(embedded.message(), number);
            case Leaf _ -> Optional.empty();
        };
    }

    private static Optional<BodyPart> child(Multipart multipart, int number) {
        return number <= multipart.parts().size()
                ? Optional.of(multipart.parts().get(number - 1))
                : Optional.empty();
    }
}
