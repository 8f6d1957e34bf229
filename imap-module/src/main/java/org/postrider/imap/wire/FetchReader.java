package org.postrider.imap.wire;

import static org.postrider.imap.wire.FetchItem.Attribute.BODY;
import static org.postrider.imap.wire.FetchItem.Attribute.BODYSTRUCTURE;
import static org.postrider.imap.wire.FetchItem.Attribute.ENVELOPE;
import static org.postrider.imap.wire.FetchItem.Attribute.FLAGS;
import static org.postrider.imap.wire.FetchItem.Attribute.INTERNALDATE;
import static org.postrider.imap.wire.FetchItem.Attribute.RFC822_SIZE;
import static org.postrider.imap.wire.FetchItem.Attribute.UID;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postrider.imap.wire.FetchItem.Range;
import org.postrider.imap.wire.FetchItem.Section;
import org.postrider.imap.wire.FetchItem.Text;

/// Reads what FETCH is asked for (RFC 3501 §9 `fetch-att`, `section`).
final class FetchReader {

    private static final int DEEPEST_PART = 100;

    private final ImapReader in;
    private final ImapLimits limits;

    FetchReader(ImapReader in, ImapLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// A macro, one item, or items in parentheses.
    List<FetchItem> items() throws IOException, SyntaxError {
        if (in.accept('(')) {
            var items = new ArrayList<FetchItem>();
            do {
                items.add(item(in.word()));
                if (items.size() > limits.keys()) {
                    throw new SyntaxError("Too many items");
                }
            } while (in.accept(' '));
            in.expect(')');
            return items;
        }
        var word = in.word();
        return switch (word) {
            case "ALL" -> List.of(FLAGS, INTERNALDATE, RFC822_SIZE, ENVELOPE);
            case "FAST" -> List.of(FLAGS, INTERNALDATE, RFC822_SIZE);
            case "FULL" -> List.of(FLAGS, INTERNALDATE, RFC822_SIZE, ENVELOPE, BODY);
            default -> List.of(item(word));
        };
    }

    private FetchItem item(String word) throws IOException, SyntaxError {
        return switch (word) {
            case "FLAGS" -> FLAGS;
            case "UID" -> UID;
            case "INTERNALDATE" -> INTERNALDATE;
            case "ENVELOPE" -> ENVELOPE;
            case "BODYSTRUCTURE" -> BODYSTRUCTURE;
            case "BODY" -> in.nextIs('[') ? section(false) : BODY;
            case "BODY.PEEK" -> section(true);
            case "RFC822" -> whole(word, new Text.Whole(), false);
            case "RFC822.SIZE" -> RFC822_SIZE;
            case "RFC822.HEADER" -> whole(word, new Text.Header(), true);
            case "RFC822.TEXT" -> whole(word, new Text.Body(), false);
            default -> throw new SyntaxError("Unknown item to fetch");
        };
    }

    private static Section whole(String label, Text text, boolean peek) {
        return new Section(label, List.of(), text, Optional.empty(), peek);
    }

    private Section section(boolean peek) throws IOException, SyntaxError {
        in.expect('[');
        var part = part();
        Text text = new Text.Whole();
        if (!in.nextIs(']')) {
            text = text(!part.isEmpty());
        }
        in.expect(']');
        var range = range();
        return new Section(label(part, text, range), part, text, range, peek);
    }

    /// `1.2.`, or `1.2` at the end.
    private List<Integer> part() throws SyntaxError {
        var part = new ArrayList<Integer>();
        while (in.nextIsDigit()) {
            part.add((int) Math.min(in.positive(), Integer.MAX_VALUE));
            if (part.size() > DEEPEST_PART) {
                throw new SyntaxError("Too many part numbers");
            }
            if (in.nextIs(']')) {
                return part;
            }
            in.expect('.');
        }
        if (!part.isEmpty() && in.nextIs(']')) {
            throw new SyntaxError("A part number is missing");
        }
        return part;
    }

    private Text text(boolean inPart) throws IOException, SyntaxError {
        return switch (in.word()) {
            case "HEADER" -> new Text.Header();
            case "HEADER.FIELDS" -> new Text.Fields(fieldNames(), false);
            case "HEADER.FIELDS.NOT" -> new Text.Fields(fieldNames(), true);
            case "TEXT" -> new Text.Body();
            case "MIME" -> {
                if (!inPart) {
                    throw new SyntaxError("MIME needs a part number");
                }
                yield new Text.Mime();
            }
            default -> throw new SyntaxError("Unknown section");
        };
    }

    private List<String> fieldNames() throws IOException, SyntaxError {
        in.space();
        in.expect('(');
        var names = new ArrayList<String>();
        do {
            names.add(fieldName(in));
            if (names.size() > limits.keys()) {
                throw new SyntaxError("Too many field names");
            }
        } while (in.accept(' '));
        in.expect(')');
        return names;
    }

    static String fieldName(ImapReader in) throws IOException, SyntaxError {
        var name = new String(in.astring(), StandardCharsets.ISO_8859_1);
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':')) {
            throw new SyntaxError("No header field can have this name");
        }
        return name;
    }

    private Optional<Range> range() throws SyntaxError {
        if (!in.accept('<')) {
            return Optional.empty();
        }
        long first = in.number();
        in.expect('.');
        long count = in.positive();
        in.expect('>');
        return Optional.of(new Range(first, count));
    }

    /// The section as the response repeats it (RFC 3501 §7.4.2).
    private static String label(List<Integer> part, Text text, Optional<Range> range) {
        var numbers = part.stream().map(String::valueOf).collect(Collectors.joining("."));
        var word =
                switch (text) {
                    case Text.Whole _ -> "";
                    case Text.Header _ -> "HEADER";
                    case Text.Body _ -> "TEXT";
                    case Text.Mime _ -> "MIME";
                    case Text.Fields(var names, var others) ->
                            (others ? "HEADER.FIELDS.NOT (" : "HEADER.FIELDS (")
                                    + names.stream()
                                            .map(FetchReader::written)
                                            .collect(Collectors.joining(" "))
                                    + ")";
                };
        var dot = numbers.isEmpty() || word.isEmpty() ? "" : ".";
        var origin = range.map(r -> "<" + r.first() + ">").orElse("");
        return "BODY[" + numbers + dot + word + "]" + origin;
    }

    private static String written(String name) {
        return ImapWriter.isAtom(name)
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
