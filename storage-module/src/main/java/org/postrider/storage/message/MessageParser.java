package org.postrider.storage.message;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Takes a message apart while its octets pass by: one pass, in pieces of any size, in bounded
/// memory ([MessageLimits]). Whatever the octets are, there is an answer; nothing is an error.
///
/// The scanner is our own and not mime4j's, because IMAP needs the place of every part in octets
/// and its lines as transferred, which mime4j does not tell, and because a parser that is pushed
/// needs no thread to pull.
///
/// Where mail breaks the rules:
/// - A header ends with a blank line, or before a first line that is no field (then there is no
///   header at all, and that line is text). A later line that is no field is passed over, so that
///   one broken fold does not hide the fields below it.
/// - A boundary line is two hyphens, the whole boundary, two more at the end, and white space. RFC
///   2046 §5.1.1 would let anything follow, but then a boundary that begins like another one hides
///   it. All boundaries still open are looked for, the innermost first; one that has been closed is
///   text (the epilogue).
/// - A boundary inside a header ends it, the header's own too, where the blank line is missing. The
///   line end before a boundary belongs to the boundary, but not one that ends a header.
/// - A part that is not closed ends with what holds it.
/// - A multipart in which there is no part, or that has no boundary, has one text/plain part: its
///   whole body. (BODYSTRUCTURE cannot say "none"; Dovecot 2.3 tells of one empty part.)
/// - A message inside that is encoded (RFC 2046 §5.2.1 forbids it) or beyond the limits has no
///   envelope and one text/plain part, in that encoding: the whole of it.
public final class MessageParser {

    private enum Mode {
        HEADER,
        BODY
    }

    private final MessageLimits limits;
    private final KeptHeader kept;
    private final Deque<Entity> open = new ArrayDeque<>();
    private final Entity root;
    private final OctetBuffer line;
    private final OctetBuffer field;
    private final Preview preview = new Preview();

    private Mode mode = Mode.HEADER;
    private int parts = 1;
    private long position;
    private long lineStart;
    private int lastOctet = -1;

    /// Line ends before `lineStart`.
    private long lines;

    /// The octets of the line end right before `lineStart`, and of the one that ends this line.
    private int lineEndBefore;

    private int lineEnd;

    /// Where the lines began that are no fields, if no field has come after them: -1 when there are
    /// none.
    private long junk = -1;

    private long linesBeforeJunk;

    /// The line's first octet says that it is of no interest.
    private boolean passing;

    private MessageParser(MessageLimits limits) {
        this.limits = limits;
        this.kept = new KeptHeader(limits);
        this.line = new OctetBuffer(limits.fieldOctets());
        this.field = new OctetBuffer(limits.fieldOctets());
        this.root = Entity.message(limits, null, 0);
        open.push(root);
    }

    public static MessageParser begin() {
        return new MessageParser(MessageLimits.STANDARD);
    }

    static MessageParser begin(MessageLimits limits) {
        return new MessageParser(limits);
    }

    /// Takes the next octets. Lines end with LF, and a CR before it belongs to the line end.
    public void write(byte[] octets, int offset, int length) {
        int end = offset + length;
        int from = offset;
        while (from < end) {
            int lf = indexOfLf(octets, from, end);
            int to = lf < 0 ? end : lf + 1;
            take(octets, from, to);
            if (lf >= 0) {
                int before = lf > from ? octets[lf - 1] : lastOctet;
                lineEnd = before == '\r' && position - lineStart > 1 ? 2 : 1;
                line();
                lines++;
                begin(lineEnd);
            }
            lastOctet = octets[to - 1];
            from = to;
        }
    }

    /// What the message is, when all its octets have been written. Ends the use of this parser.
    public MessageMeta finish() {
        if (position > lineStart) {
            lineEnd = 0;
            line();
            begin(0);
        }
        if (mode == Mode.HEADER) {
            startBody(position, lines);
        }
        closeUntil(null, position, lines);
        return new MessageMeta(
                root.envelope(), root.part(), kept.fields(), kept.complete(), preview.text());
    }

    /// The octets of the message's header, with the blank line.
    public long headerOctets() {
        return mode == Mode.HEADER && open.peek() == root ? position : root.body();
    }

    private static int indexOfLf(byte[] octets, int from, int end) {
        for (int i = from; i < end; i++) {
            if (octets[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Keeps what this line may be needed for: all of it in a header, and in a body as much as
    /// tells a boundary.
    private void take(byte[] octets, int from, int to) {
        if (position == lineStart) {
            passing = mode == Mode.BODY && octets[from] != '-';
        }
        position += to - from;
        preview.take(octets, from, to);
        if (!passing) {
            line.append(octets, from, to);
        }
    }

    private void begin(int endBefore) {
        lineStart = position;
        lineEndBefore = endBefore;
        line.clear();
    }

    private void line() {
        if (passing) {
            return;
        }
        if (line.startsWith('-') && boundary()) {
            return;
        }
        if (mode == Mode.HEADER) {
            headerLine();
        }
    }

    private boolean boundary() {
        for (var entity : open) {
            switch (entity.boundary(line)) {
                case NONE -> {}
                case DELIMITER -> {
                    delimiter(entity);
                    return true;
                }
                case CLOSE -> {
                    leave(entity);
                    entity.closeBoundary();
                    return true;
                }
            }
        }
        return false;
    }

    private void delimiter(Entity multipart) {
        leave(multipart);
        if (mayOpen()) {
            parts++;
            open.push(Entity.part(limits, multipart, position));
            mode = Mode.HEADER;
        } else {
            multipart.closeBoundary();
        }
    }

    /// Closes what is open inside the multipart whose boundary this line is.
    private void leave(Entity multipart) {
        if (mode == Mode.HEADER) {
            startBody(lineStart, lines);
        }
        closeUntil(multipart, lineStart - lineEndBefore, lineEndBefore > 0 ? lines - 1 : lines);
        mode = Mode.BODY;
    }

    private void closeUntil(@Nullable Entity last, long end, long linesBefore) {
        while (!open.isEmpty() && open.getFirst() != last) {
            var entity = open.pop();
            entity.close(end, linesBefore);
            preview.end(entity, entity.end());
        }
    }

    private void headerLine() {
        if (line.length() == lineEnd) {
            endHeader(position, lines + 1);
        } else if (line.startsWith(' ') || line.startsWith('\t')) {
            field.appendUnlessEmpty(line);
        } else if (FieldName.end(line.array(), line.length()) > 0) {
            endField();
            junk = -1;
            field.append(line);
            open.getFirst().sawField();
        } else if (!open.getFirst().sawNoField()) {
            endField();
            junk();
        } else if (!FieldName.isMailboxSeparator(line)) {
            endHeader(lineStart, lines);
            line();
        }
    }

    private void junk() {
        if (line.startsWith('-') && open.getFirst().beginsBody(line)) {
            endHeader(lineStart, lines);
            line();
        } else if (junk < 0) {
            junk = lineStart;
            linesBeforeJunk = lines;
        }
    }

    private void endField() {
        if (field.isEmpty()) {
            return;
        }
        var entity = open.getFirst();
        int nameEnd = FieldName.end(field.array(), field.length());
        if (kept.grant(field.length())) {
            entity.header().add(field.text(0, nameEnd), field);
        }
        if (entity == root) {
            kept.add(field.text(0, nameEnd), field);
        }
        field.clear();
    }

    private void endHeader(long body, long linesBefore) {
        boolean text = junk >= 0;
        startBody(body, linesBefore);
        mode = Mode.BODY;
        var entity = open.getFirst();
        if (entity.holdsMessage() && mayOpen()) {
            parts++;
            open.push(Entity.message(limits, entity, entity.body()));
            if (text) {
                open.getFirst().startBody(entity.body(), entity.linesBeforeBody());
            } else {
                mode = Mode.HEADER;
            }
        } else if (open.size() < limits.depth()) {
            entity.openBoundary();
        }
    }

    private void startBody(long body, long linesBefore) {
        endField();
        if (junk < 0) {
            open.getFirst().startBody(body, linesBefore);
        } else {
            open.getFirst().startBody(junk, linesBeforeJunk);
        }
        // Lines that were no fields are gone; the text goes on with this one, or the next.
        boolean line = body == lineStart;
        preview.begin(open.getFirst(), line ? body : position, line ? this.line : null);
        junk = -1;
    }

    private boolean mayOpen() {
        return open.size() < limits.depth() && parts < limits.parts();
    }
}
