package org.postrider.storage.message;

/// Reads through a MIME field body: quoted strings, comments, parameters.
final class MimeCursor {

    private final String text;
    private int at;

    /// No quote from here on has one that closes it: nobody looks again.
    private boolean noQuotes;

    MimeCursor(String text) {
        this.text = text;
    }

    /// What stands before the next of these characters outside a quoted string. Comments are part
    /// of it.
    String until(String stops) {
        int start = at;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '"' && !noQuotes) {
                int close = closingQuote(text, at);
                noQuotes = close < 0;
                at = noQuotes ? at + 1 : close + 1;
            } else {
                at++;
            }
        }
        return text.substring(start, at);
    }

    /// Reads the parameters from here to the end.
    void parameters(ParameterList parameters) {
        while (at < text.length() && !parameters.isFull()) {
            if (text.charAt(at) == ';' || Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            var name = withoutComments(until(";=")).strip();
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                parameters.add(name, value(name));
            }
        }
    }

    private String value(String name) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            int close = noQuotes ? -1 : closingQuote(text, at);
            if (close > 0) {
                var inside = text.substring(at + 1, close);
                var quoted = isFileName(name) ? unquotedPath(inside) : unquoted(inside);
                at = close + 1;
                skipToParameter();
                return quoted;
            }
            at++;
        }
        var value = until(";");
        // Many a program writes a file name as it is, without quotes; a comment there is none.
        return (isFileName(name) ? value : withoutComments(value)).strip();
    }

    /// After a quoted value there is a semicolon, or the next name when that was forgotten.
    private void skipToParameter() {
        var rest = new MimeCursor(text.substring(at));
        var junk = rest.until(";");
        int length = junk.indexOf('=') < 0 ? junk.length() : 0;
        at += length;
    }

    private static boolean isFileName(String name) {
        var lower = FieldName.key(name);
        return lower.startsWith("filename") || lower.startsWith("name");
    }

    /// The text without its comments (RFC 5322 §3.2.2). A comment that is not closed is text, and
    /// so is all that follows it.
    static String withoutComments(String text) {
        if (text.indexOf('(') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int close = i;
            if (c == '(') {
                close = closingParenthesis(text, i);
            } else if (c == '"') {
                close = closingQuote(text, i);
            }
            if (close < 0) {
                return plain.append(text, i, text.length()).toString();
            }
            if (c != '(') {
                plain.append(text, i, close + 1);
            }
            i = close + 1;
        }
        return plain.toString();
    }

    /// The quote that ends the quoted string beginning here, or -1.
    static int closingQuote(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    /// The parenthesis that ends the comment beginning here, comments inside it included, or -1.
    static int closingParenthesis(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '(' -> depth++;
                case ')' -> {
                    depth--;
                    if (depth == 0) {
                        return i;
                    }
                }
                case '\\' -> i++;
                default -> {}
            }
        }
        return -1;
    }

    /// Netscape 4 sent `"C:\TEMP\file"`: in a file name a backslash that quotes nothing stays.
    private static String unquotedPath(String inside) {
        return inside.replaceAll("\\\\([\\\\\"])", "$1");
    }

    /// The inside of a quoted string, without the backslashes that quote.
    static String unquoted(String inside) {
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        var plain = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); i++) {
            if (inside.charAt(i) == '\\' && i + 1 < inside.length()) {
                i++;
            }
            plain.append(inside.charAt(i));
        }
        return plain.toString();
    }
}
