package org.postrider.imap.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.mailbox.SystemFlag;

/// Reads what SEARCH looks for (RFC 3501 §9 `search-key`).
final class SearchReader {

    private final ImapReader in;
    private final ImapLimits limits;
    private Charset charset = StandardCharsets.UTF_8;
    private int keys;

    SearchReader(ImapReader in, ImapLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// Everything after the word SEARCH.
    SearchKey search() throws IOException, SyntaxError {
        in.space();
        if (in.acceptWord("CHARSET ")) {
            charset = charset(in.text());
            in.space();
        }
        return conjunction(0);
    }

    /// Keys with spaces between them, all of which must hold.
    private SearchKey conjunction(int depth) throws IOException, SyntaxError {
        var all = new ArrayList<SearchKey>();
        do {
            all.add(key(depth));
        } while (in.accept(' '));
        return all.size() == 1 ? all.getFirst() : new SearchKey.And(all);
    }

    private SearchKey key(int depth) throws IOException, SyntaxError {
        if (depth > limits.nesting() || ++keys > limits.keys()) {
            throw new SyntaxError(ImapStatus.no("LIMIT", "The search is too complicated"));
        }
        if (in.accept('(')) {
            var key = conjunction(depth + 1);
            in.expect(')');
            return key;
        }
        if (in.nextIsDigit() || in.nextIs('*')) {
            return new SearchKey.Messages(Numbering.SEQUENCE, in.sequenceSet());
        }
        return named(in.word(), depth);
    }

    private SearchKey named(String word, int depth) throws IOException, SyntaxError {
        return switch (word) {
            case "ALL" -> new SearchKey.All();
            case "RECENT" -> new SearchKey.Recent();
            case "NEW" -> and(new SearchKey.Recent(), not(flag(SystemFlag.SEEN)));
            case "OLD" -> not(new SearchKey.Recent());
            case "ANSWERED" -> flag(SystemFlag.ANSWERED);
            case "DELETED" -> flag(SystemFlag.DELETED);
            case "DRAFT" -> flag(SystemFlag.DRAFT);
            case "FLAGGED" -> flag(SystemFlag.FLAGGED);
            case "SEEN" -> flag(SystemFlag.SEEN);
            case "UNANSWERED" -> not(flag(SystemFlag.ANSWERED));
            case "UNDELETED" -> not(flag(SystemFlag.DELETED));
            case "UNDRAFT" -> not(flag(SystemFlag.DRAFT));
            case "UNFLAGGED" -> not(flag(SystemFlag.FLAGGED));
            case "UNSEEN" -> not(flag(SystemFlag.SEEN));
            case "NOT" -> {
                in.space();
                yield not(key(depth + 1));
            }
            case "OR" -> {
                in.space();
                var one = key(depth + 1);
                in.space();
                yield new SearchKey.Or(one, key(depth + 1));
            }
            default -> {
                in.space();
                yield withArgument(word);
            }
        };
    }

    private SearchKey withArgument(String word) throws IOException, SyntaxError {
        return switch (word) {
            case "KEYWORD" -> new SearchKey.Keyword(FlagReader.keyword(in));
            case "UNKEYWORD" -> not(new SearchKey.Keyword(FlagReader.keyword(in)));
            case "UID" -> new SearchKey.Messages(Numbering.UID, in.sequenceSet());
            case "LARGER" -> new SearchKey.Larger(in.number());
            case "SMALLER" -> new SearchKey.Smaller(in.number());
            case "BEFORE" -> new SearchKey.Received(LocalDate.MIN, date());
            case "SINCE" -> new SearchKey.Received(date(), LocalDate.MAX);
            case "ON" -> {
                var date = date();
                yield new SearchKey.Received(date, date.plusDays(1));
            }
            case "SENTBEFORE" -> new SearchKey.Sent(LocalDate.MIN, date());
            case "SENTSINCE" -> new SearchKey.Sent(date(), LocalDate.MAX);
            case "SENTON" -> {
                var date = date();
                yield new SearchKey.Sent(date, date.plusDays(1));
            }
            case "BCC", "CC", "FROM", "SUBJECT", "TO" -> new SearchKey.Header(word, text());
            case "HEADER" -> {
                var name = FetchReader.fieldName(in);
                in.space();
                yield new SearchKey.Header(name, text());
            }
            case "BODY" -> new SearchKey.Body(text());
            case "TEXT" -> new SearchKey.Text(text());
            default -> throw new SyntaxError("Unknown search key");
        };
    }

    private LocalDate date() throws SyntaxError {
        return DateReader.date(in);
    }

    private String text() throws IOException, SyntaxError {
        var octets = in.astring();
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxError("The text to search for is not in its charset");
        }
    }

    private static Charset charset(String name) throws SyntaxError {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SyntaxError(
                    ImapStatus.no("BADCHARSET (US-ASCII UTF-8)", "The charset is not known"));
        }
    }

    private static SearchKey flag(SystemFlag flag) {
        return new SearchKey.Flagged(flag);
    }

    private static SearchKey not(SearchKey key) {
        return new SearchKey.Not(key);
    }

    private static SearchKey and(SearchKey one, SearchKey other) {
        return new SearchKey.And(List.of(one, other));
    }
}
