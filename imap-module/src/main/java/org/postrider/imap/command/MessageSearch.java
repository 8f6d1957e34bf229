package org.postrider.imap.command;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postrider.imap.wire.FetchItem.Text.Fields;
import org.postrider.imap.wire.SearchKey;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.TextDecoding;
import org.postrider.storage.message.TextSearch;

/// Searches what only the message can tell, after the view has told what it knows. Text is compared
/// as a reader sees it: encoded words, transfer encodings and charsets undone (RFC 3501 §6.4.4).
final class MessageSearch {

    private final ViewSearch known;
    private final Map<String, TextSearch> matches = new HashMap<>();

    MessageSearch(ViewSearch known) {
        this.known = known;
    }

    boolean test(SearchKey key, int index, StoredMessage message) throws IOException {
        return switch (known.test(key, index)) {
            case YES -> true;
            case NO -> false;
            case OPEN -> open(key, index, message);
        };
    }

    private boolean open(SearchKey key, int index, StoredMessage message) throws IOException {
        return switch (key) {
            case SearchKey.Not(var inner) -> !test(inner, index, message);
            case SearchKey.Or(var one, var other) ->
                    test(one, index, message) || test(other, index, message);
            case SearchKey.And(var keys) -> all(keys, index, message);
            case SearchKey.Sent(var from, var to) -> isSent(message, from, to);
            case SearchKey.Header(var name, var text) -> isInField(message, name, match(text));
            case SearchKey.Body(var text) -> isInBody(message, match(text));
            case SearchKey.Text(var text) ->
                    isInHeader(message, match(text)) || isInBody(message, match(text));
            case SearchKey.All _, SearchKey.Flagged _, SearchKey.Keyword _, SearchKey.Recent _ ->
                    throw decided(key);
            case SearchKey.Received _, SearchKey.Larger _, SearchKey.Smaller _ ->
                    throw decided(key);
            case SearchKey.Messages _ -> throw decided(key);
        };
    }

    private static IllegalStateException decided(SearchKey key) {
        return new IllegalStateException("the view decides " + key);
    }

    /// Dear keys last: bodies are opened only when everything else fits.
    private boolean all(List<SearchKey> keys, int index, StoredMessage message) throws IOException {
        for (boolean dear : new boolean[] {false, true}) {
            for (var key : keys) {
                if (isDear(key) == dear && !test(key, index, message)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isDear(SearchKey key) {
        return switch (key) {
            case SearchKey.Body _, SearchKey.Text _ -> true;
            case SearchKey.Not(var inner) -> isDear(inner);
            case SearchKey.Or(var one, var other) -> isDear(one) || isDear(other);
            case SearchKey.And(var keys) -> keys.stream().anyMatch(MessageSearch::isDear);
            case SearchKey.All _, SearchKey.Flagged _, SearchKey.Keyword _, SearchKey.Recent _ ->
                    false;
            case SearchKey.Received _, SearchKey.Sent _, SearchKey.Larger _ -> false;
            case SearchKey.Smaller _, SearchKey.Messages _, SearchKey.Header _ -> false;
        };
    }

    private TextSearch match(String text) {
        return matches.computeIfAbsent(text, TextSearch::of);
    }

    private static boolean isSent(StoredMessage message, LocalDate from, LocalDate to) {
        var date = message.meta().envelope().date();
        if (date == null) {
            return false;
        }
        return DateField.day(date)
                .filter(day -> !day.isBefore(from) && day.isBefore(to))
                .isPresent();
    }

    private static boolean isInField(StoredMessage message, String name, TextSearch match)
            throws IOException {
        var fields = new HeaderFilter(new Fields(List.of(name), false)).ofMessage(message);
        return HeaderText.bodies(fields).anyMatch(match::isIn);
    }

    private static boolean isInHeader(StoredMessage message, TextSearch match) throws IOException {
        long end = message.traceOctets() + message.meta().structure().place().body();
        return isInHeader(message, 0, end, match);
    }

    private static boolean isInHeader(
            StoredMessage message, long offset, long end, TextSearch match) throws IOException {
        return HeaderText.fields(HeaderOctets.read(message, offset, end)).anyMatch(match::isIn);
    }

    private static boolean isInBody(StoredMessage message, TextSearch match) throws IOException {
        return isInPart(message, message.meta().structure(), match);
    }

    private static boolean isInPart(StoredMessage message, BodyPart part, TextSearch match)
            throws IOException {
        return switch (part) {
            case Multipart(_, _, var parts) -> {
                for (var inner : parts) {
                    if (isInPart(message, inner, match)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Embedded(_, _, _, _, var inner) -> {
                var place = inner.place();
                long trace = message.traceOctets();
                yield isInHeader(message, trace + place.header(), trace + place.body(), match)
                        || isInPart(message, inner, match);
            }
            case Leaf leaf -> isText(leaf) && isInText(message, leaf, match);
        };
    }

    private static boolean isText(Leaf leaf) {
        var type = leaf.description().type();
        return type.equals("TEXT") || type.equals("MESSAGE");
    }

    private static boolean isInText(StoredMessage message, Leaf leaf, TextSearch match)
            throws IOException {
        var place = leaf.place();
        try (var octets = message.open(message.traceOctets() + place.body(), place.octets());
                var text = TextDecoding.body(octets, leaf.description())) {
            return match.isIn(text);
        }
    }
}
