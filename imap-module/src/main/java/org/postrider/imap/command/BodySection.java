package org.postrider.imap.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.postrider.imap.wire.FetchItem.Range;
import org.postrider.imap.wire.FetchItem.Section;
import org.postrider.imap.wire.FetchItem.Text;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Embedded;

/// Finds and writes octets of a message (RFC 3501 §6.4.5 BODY[…]). Places are known since delivery,
/// so nothing is parsed: a part is a range of the stored octets.
final class BodySection {

    private final ImapWriter out;
    private final StoredMessage message;

    BodySection(ImapWriter out, StoredMessage message) {
        this.out = out;
        this.message = message;
    }

    /// What a section is.
    private sealed interface Content {
        /// A range of the stored octets.
        record Stored(long offset, long length) implements Content {}

        /// Octets that were put together.
        record Made(byte[] octets) implements Content {
            Content part(Range range) {
                int from = (int) Math.min(range.first(), octets.length);
                int length = (int) Math.min(range.count(), octets.length - from);
                return new Made(Arrays.copyOfRange(octets, from, from + length));
            }
        }
    }

    /// Writes the section's name and its octets, NIL where the message has no such part.
    void write(Section section) throws IOException {
        var content = read(section);
        out.text(section.label()).space();
        if (content.isEmpty()) {
            out.nil();
            return;
        }
        switch (ranged(content.get(), section.range())) {
            case Content.Made(var octets) -> out.literal(octets);
            case Content.Stored(var offset, var length) -> copy(offset, length);
        }
    }

    /// Everything that can fail in the store comes before the literal is announced, as far as it
    /// can.
    private Optional<Content> read(Section section) {
        try {
            return section.part().isEmpty()
                    ? Optional.of(ofMessage(section.text()))
                    : ofPart(section);
        } catch (IOException e) {
            throw new StoreUnavailable("a message cannot be read", e);
        }
    }

    private void copy(long offset, long length) throws IOException {
        if (length == 0) {
            out.literalHead(0);
            return;
        }
        try (var octets = message.open(offset, length)) {
            out.literalHead(length).copy(octets, length);
        }
    }

    private static Content ranged(Content content, Optional<Range> range) {
        if (range.isEmpty()) {
            return content;
        }
        return switch (content) {
            case Content.Made made -> made.part(range.get());
            case Content.Stored(var offset, var length) -> {
                long skipped = Math.min(range.get().first(), length);
                long count = Math.min(range.get().count(), length - skipped);
                yield new Content.Stored(offset + skipped, count);
            }
        };
    }

    private Content ofMessage(Text text) throws IOException {
        long body = message.traceOctets() + message.meta().structure().place().body();
        return switch (text) {
            case Text.Whole _ -> new Content.Stored(0, message.octets());
            case Text.Header _ -> new Content.Stored(0, body);
            case Text.Body _ -> new Content.Stored(body, message.octets() - body);
            case Text.Fields fields ->
                    new Content.Made(new HeaderFilter(fields).ofMessage(message));
            case Text.Mime _ -> throw new IllegalStateException("MIME without a part number");
        };
    }

    private Optional<Content> ofPart(Section section) throws IOException {
        var part = PartPath.find(message.meta().structure(), section.part());
        if (part.isEmpty()) {
            return Optional.empty();
        }
        var place = part.get().place();
        return switch (section.text()) {
            case Text.Whole _ -> Optional.of(stored(place.body(), place.end()));
            case Text.Mime _ -> Optional.of(mime(part.get()));
            case Text.Header _, Text.Body _, Text.Fields _ ->
                    part.get() instanceof Embedded embedded
                            ? Optional.of(inside(embedded.message(), section.text()))
                            : Optional.empty();
        };
    }

    /// The header of a part; of a message that is its own only part, the message's.
    private Content mime(BodyPart part) {
        return part.place().header() == 0
                ? new Content.Stored(0, message.traceOctets() + part.place().body())
                : stored(part.place().header(), part.place().body());
    }

    /// Header or text of a message inside the message.
    private Content inside(BodyPart inner, Text text) throws IOException {
        var place = inner.place();
        return switch (text) {
            case Text.Header _ -> stored(place.header(), place.body());
            case Text.Body _ -> stored(place.body(), place.end());
            case Text.Fields fields -> {
                long trace = message.traceOctets();
                var header =
                        HeaderOctets.read(message, trace + place.header(), trace + place.body());
                yield new Content.Made(new HeaderFilter(fields).of(header));
            }
            case Text.Whole _, Text.Mime _ ->
                    throw new IllegalStateException("not a text of a message");
        };
    }

    private Content stored(long from, long to) {
        return new Content.Stored(message.traceOctets() + from, to - from);
    }
}
