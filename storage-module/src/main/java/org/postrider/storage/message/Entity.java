package org.postrider.storage.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Place;

/// A message or a part of one while it is being read (RFC 2045 §2.4): its header as far as it has
/// come, the parts in it, and where it began. It becomes a [BodyPart] when it is closed.
final class Entity {

    enum Boundary {
        NONE,
        DELIMITER,
        CLOSE
    }

    private final @Nullable Entity parent;
    private final EntityHeader header;
    private final long start;
    private final List<BodyPart> parts = new ArrayList<>();

    private @Nullable Envelope messageEnvelope;
    private @Nullable Description description;
    private byte @Nullable [] boundary;
    private boolean noField = true;
    private long body;
    private long linesBeforeBody;
    private long end;
    private long linesBeforeEnd;
    private @Nullable BodyPart part;

    private Entity(@Nullable Entity parent, EntityHeader header, long start) {
        this.parent = parent;
        this.header = header;
        this.start = start;
    }

    /// A whole message: the one that is read, or one inside a message/rfc822 part.
    static Entity message(MessageLimits limits, @Nullable Entity parent, long start) {
        return new Entity(parent, EntityHeader.ofMessage(limits), start);
    }

    static Entity part(MessageLimits limits, Entity multipart, long start) {
        boolean digest = multipart.description().subtype().equals("DIGEST");
        return new Entity(multipart, EntityHeader.ofPart(limits, digest), start);
    }

    EntityHeader header() {
        return header;
    }

    void sawField() {
        noField = false;
    }

    boolean sawNoField() {
        return noField;
    }

    void startBody(long offset, long linesBefore) {
        body = offset;
        linesBeforeBody = linesBefore;
        end = offset;
        linesBeforeEnd = linesBefore;
        description = header.description();
    }

    long body() {
        return body;
    }

    long linesBeforeBody() {
        return linesBeforeBody;
    }

    Description description() {
        if (description == null) {
            throw new IllegalStateException("the header has not ended");
        }
        return description;
    }

    /// Plain text or HTML, and no attachment.
    boolean isShownText() {
        var disposition = description().disposition();
        var subtype = description().subtype();
        return description().type().equals("TEXT")
                && (subtype.equals("PLAIN") || subtype.equals("HTML"))
                && (disposition == null || !disposition.type().equalsIgnoreCase("attachment"));
    }

    boolean isPlain() {
        return description().subtype().equals("PLAIN");
    }

    /// One of several forms of the same.
    boolean isAlternative() {
        return parent != null
                && parent.isMultipart()
                && parent.description().subtype().equals("ALTERNATIVE");
    }

    private boolean isMultipart() {
        return description().type().equals("MULTIPART");
    }

    private boolean isMessage() {
        var subtype = description().subtype();
        return description().type().equals("MESSAGE")
                && (subtype.equals("RFC822") || subtype.equals("GLOBAL"));
    }

    /// The body is a message that can be read.
    boolean holdsMessage() {
        var encoding = description().encoding();
        return isMessage() && !encoding.equals("BASE64") && !encoding.equals("QUOTED-PRINTABLE");
    }

    /// From here on the boundary parts the body, when this is a multipart that has one.
    void openBoundary() {
        boundary = header.delimiter().map(Entity::octets).orElse(null);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// From here on comes the epilogue.
    void closeBoundary() {
        boundary = null;
    }

    /// What the line is to this entity.
    Boundary boundary(OctetBuffer line) {
        return boundary == null ? Boundary.NONE : boundary(boundary, line);
    }

    /// The line is the boundary of this entity, whose header has not ended yet.
    boolean beginsBody(OctetBuffer line) {
        var delimiter = header.delimiter();
        return delimiter.isPresent()
                && boundary(octets(delimiter.get()), line) == Boundary.DELIMITER;
    }

    private static Boundary boundary(byte[] boundary, OctetBuffer line) {
        int length = boundary.length;
        if (line.length() < length
                || !Arrays.equals(line.array(), 0, length, boundary, 0, length)) {
            return Boundary.NONE;
        }
        if (line.blankFrom(length)) {
            return Boundary.DELIMITER;
        }
        boolean hyphens =
                line.length() >= length + 2
                        && line.array()[length] == '-'
                        && line.array()[length + 1] == '-';
        return hyphens && line.blankFrom(length + 2) ? Boundary.CLOSE : Boundary.NONE;
    }

    /// Ends here, or where its header or the last thing in it ends, if that is later.
    void close(long offset, long linesBefore) {
        endAt(offset, linesBefore);
        part = toPart();
        if (parent != null) {
            parent.endAt(end, linesBeforeEnd);
            parent.parts.add(part);
            parent.messageEnvelope = header.envelope().orElse(null);
        }
    }

    private void endAt(long offset, long linesBefore) {
        if (offset > end) {
            end = offset;
            linesBeforeEnd = linesBefore;
        }
    }

    /// One past the last octet of its body.
    long end() {
        return end;
    }

    BodyPart part() {
        if (part == null) {
            throw new IllegalStateException("the part is still open");
        }
        return part;
    }

    Envelope envelope() {
        return header.envelope().orElse(Envelope.EMPTY);
    }

    private BodyPart toPart() {
        var place = new Place(start, body, end);
        if (isMultipart()) {
            return new Multipart(description(), place, parts.isEmpty() ? List.of(whole()) : parts);
        }
        if (isMessage() && messageEnvelope != null) {
            return new Embedded(
                    description(), place, bodyLines(), messageEnvelope, parts.getFirst());
        }
        if (isMessage()) {
            return new Embedded(description(), place, bodyLines(), Envelope.EMPTY, whole());
        }
        return new Leaf(description(), place, bodyLines());
    }

    /// The body as one text, for want of anything better.
    private Leaf whole() {
        var encoding = isMessage() ? description().encoding() : EntityHeader.SEVEN_BIT;
        return new Leaf(EntityHeader.plainText(encoding), new Place(body, body, end), bodyLines());
    }

    private long bodyLines() {
        return linesBeforeEnd - linesBeforeBody;
    }
}
