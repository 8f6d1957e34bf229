package org.postrider.smtp.wire;

import java.util.Locale;

/// Goes through a command line from left to right. One character is one octet.
final class CommandReader {

    private final String text;
    private int at;

    CommandReader(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /// What comes next, or 0 at the end.
    char peek() {
        return atEnd() ? 0 : text.charAt(at);
    }

    /// Takes one character if it is the next one.
    boolean take(char wanted) {
        if (peek() != wanted || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    /// Takes a word that does not depend on case, if it comes next.
    boolean take(String wanted) {
        if (!text.regionMatches(true, at, wanted, 0, wanted.length())) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    /// Takes spaces and says whether there were any.
    boolean takeSpaces() {
        int start = at;
        while (take(' ')) {
            // each is taken by the condition
        }
        return at > start;
    }

    /// Takes everything up to a space or the end.
    String takeWord() {
        return takeUntil(' ');
    }

    /// Takes everything up to a character, which stays, or the end.
    String takeUntil(char stop) {
        int start = at;
        while (!atEnd() && peek() != stop) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Takes a word in upper case.
    String takeKeyword() {
        return takeWord().toUpperCase(Locale.ROOT);
    }

    /// Takes what is left, without the spaces before it.
    String takeRest() {
        takeSpaces();
        var rest = text.substring(at);
        at = text.length();
        return rest;
    }

    /// Takes what stands between angle brackets; a `>` in a quoted string does not end it (RFC 5321
    /// §4.1.2).
    ///
    /// @param fault what to say when there are no such brackets
    String takeBracketed(SyntaxFault fault) throws SyntaxFault {
        if (!take('<')) {
            throw fault;
        }
        int start = at;
        boolean quoted = false;
        while (!atEnd() && (quoted || peek() != '>')) {
            char c = peek();
            at++;
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && !atEnd()) {
                at++;
            }
        }
        var inside = text.substring(start, at);
        if (!take('>')) {
            throw fault;
        }
        return inside;
    }
}
