package org.postrider.imap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;

/// The example of RFC 3501 §6.4.5.
class PartPathTest {

    private static final BodyPart EXAMPLE =
            multipart(
                    "root",
                    leaf("1"),
                    leaf("2"),
                    embedded("3", multipart("3 message", leaf("3.1"), leaf("3.2"))),
                    multipart(
                            "4",
                            leaf("4.1"),
                            embedded(
                                    "4.2",
                                    multipart(
                                            "4.2 message",
                                            leaf("4.2.1"),
                                            multipart(
                                                    "4.2.2", leaf("4.2.2.1"), leaf("4.2.2.2"))))));

    @ParameterizedTest
    @CsvSource({
        "1", "2", "3", "3.1", "3.2", "4", "4.1", "4.2", "4.2.1", "4.2.2", "4.2.2.1", "4.2.2.2"
    })
    void everyPartHasItsNumber(String path) {
        assertThat(PartPath.find(EXAMPLE, numbers(path)))
                .map(part -> part.description().id())
                .contains(path);
    }

    @ParameterizedTest
    @CsvSource({"5", "1.1", "3.3", "4.2.2.1.1", "2147483647"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(PartPath.find(EXAMPLE, numbers(path))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,whole", "1.1,inner", "1.1.1,", "2,"})
    void aMessageWithoutPartsIsItsOwnFirst(String path, String id) {
        var message = embedded("whole", leaf("inner"));
        var found = PartPath.find(message, numbers(path)).map(part -> part.description().id());
        assertThat(found.orElse(null)).isEqualTo(id);
    }

    private static List<Integer> numbers(String path) {
        return Arrays.stream(path.split("\\.", -1)).map(Integer::valueOf).toList();
    }

    private static Leaf leaf(String id) {
        return Structures.leaf("TEXT", "PLAIN", id);
    }

    private static Multipart multipart(String id, BodyPart... parts) {
        return Structures.multipart(id, parts);
    }

    private static Embedded embedded(String id, BodyPart message) {
        return Structures.embedded(id, message);
    }
}
