package org.postrider.storage.message;

import java.io.IOException;
import java.io.Reader;
import java.util.Set;

/// The text that a browser would show of HTML: without tags, comments, scripts and styles, entities
/// decoded, white space as one space, and a line feed where a block begins or ends. Goes forward
/// only and keeps nothing; nothing is an error, as in a browser (WHATWG HTML §13.2).
final class HtmlText extends Reader {

    private static final int LONGEST_NAME = 16;
    private static final int LONGEST_ENTITY = 32;

    /// What is in these is not shown.
    private static final Set<String> HIDDEN = Set.of("script", "style", "title");

    private static final Set<String> BLOCKS =
            Set.of(
                    "address",
                    "article",
                    "blockquote",
                    "body",
                    "br",
                    "center",
                    "dd",
                    "div",
                    "dl",
                    "dt",
                    "footer",
                    "form",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "header",
                    "hr",
                    "li",
                    "ol",
                    "p",
                    "pre",
                    "section",
                    "table",
                    "tr",
                    "ul");

    private static final Set<String> CELLS = Set.of("td", "th", "img");

    private static final char NO_GAP = 0;

    private final Reader html;
    private final char[] in = new char[4096];
    private int at;
    private int end;

    /// What was read and waits to be handed out.
    private final StringBuilder out = new StringBuilder();

    private int outAt;

    /// The white space before the next character.
    private char gap = NO_GAP;

    private boolean begun;

    HtmlText(Reader html) {
        this.html = html;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int to = offset;
        int limit = offset + length;
        while (to < limit && (outAt < out.length() || fill())) {
            int count = Math.min(limit - to, out.length() - outAt);
            out.getChars(outAt, outAt + count, target, to);
            outAt += count;
            to += count;
        }
        return to > offset || length == 0 ? to - offset : -1;
    }

    @Override
    public void close() throws IOException {
        html.close();
    }

    /// Reads on until there is something to hand out; false at the end.
    private boolean fill() throws IOException {
        out.setLength(0);
        outAt = 0;
        while (out.isEmpty()) {
            int c = next();
            if (c < 0) {
                return false;
            }
            character((char) c);
        }
        return true;
    }

    private void character(char c) throws IOException {
        switch (c) {
            case '<' -> markup();
            case '&' -> entity();
            case ' ', '\t', '\r', '\n', '\f' -> widen(' ');
            default -> show(c);
        }
    }

    private void widen(char space) {
        if (gap != '\n') {
            gap = space;
        }
    }

    private void show(int codePoint) {
        if (gap != NO_GAP && begun) {
            out.append(gap);
        }
        gap = NO_GAP;
        begun = true;
        out.appendCodePoint(codePoint);
    }

    // ---- markup

    private void markup() throws IOException {
        int c = peek();
        if (c == '!' || c == '?') {
            next();
            if (c == '!' && peek() == '-') {
                comment();
            } else {
                skipTo('>');
            }
        } else if (c == '/' || isLetter(c)) {
            tag();
        } else {
            show('<');
        }
    }

    private void tag() throws IOException {
        boolean closing = peek() == '/';
        if (closing) {
            next();
        }
        var name = name();
        attributes();
        if (BLOCKS.contains(name)) {
            gap = '\n';
        } else if (CELLS.contains(name)) {
            widen(' ');
        } else if (HIDDEN.contains(name) && !closing) {
            hidden(name);
        }
    }

    private String name() throws IOException {
        var name = new StringBuilder(LONGEST_NAME);
        while (isLetter(peek()) || isDigit(peek())) {
            int c = next();
            if (name.length() < LONGEST_NAME) {
                name.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
            }
        }
        return name.toString();
    }

    private void attributes() throws IOException {
        for (int c = next(); c >= 0 && c != '>'; c = next()) {
            if (c == '=') {
                value();
            }
        }
    }

    private void value() throws IOException {
        while (isSpace(peek())) {
            next();
        }
        if (peek() == '"' || peek() == '\'') {
            skipTo((char) next());
        }
    }

    /// To the end of a comment.
    private void comment() throws IOException {
        int hyphens = 0;
        next();
        for (int c = next(); c >= 0; c = next()) {
            if (c == '>' && hyphens >= 2) {
                return;
            }
            hyphens = c == '-' ? hyphens + 1 : 0;
        }
    }

    /// To the end of an element that is not shown.
    private void hidden(String element) throws IOException {
        while (skipTo('<')) {
            if (peek() == '/') {
                next();
                if (name().equals(element)) {
                    skipTo('>');
                    return;
                }
            }
        }
    }

    private boolean skipTo(char stop) throws IOException {
        int c = next();
        while (c >= 0 && c != stop) {
            c = next();
        }
        return c >= 0;
    }

    // ---- entities

    private void entity() throws IOException {
        var name = new StringBuilder(LONGEST_ENTITY);
        while (name.length() < LONGEST_ENTITY
                && (isLetter(peek()) || isDigit(peek()) || (peek() == '#' && name.isEmpty()))) {
            name.append((char) next());
        }
        int codePoint = HtmlEntities.codePoint(name.toString());
        if (codePoint < 0) {
            show('&');
            name.chars().forEach(this::show);
            return;
        }
        if (peek() == ';') {
            next();
        }
        if (codePoint == 0xA0) {
            widen(' ');
        } else {
            show(codePoint);
        }
    }

    // ---- characters

    private int next() throws IOException {
        return peek() < 0 ? -1 : in[at++];
    }

    private int peek() throws IOException {
        if (at == end) {
            end = Math.max(0, html.read(in, 0, in.length));
            at = 0;
        }
        return at == end ? -1 : in[at];
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
