package org.postrider.smtp.receive;

/// A header field that is folded between words, so that its lines stay within the 78 characters of
/// RFC 5322 §2.1.1 unless one word alone is longer.
final class FoldedField {

    private static final int WIDTH = 78;

    private final StringBuilder text = new StringBuilder();
    private int column;

    FoldedField(String name) {
        append(name + ":");
    }

    /// Adds a word, which itself is never folded.
    FoldedField add(String word) {
        if (column + 1 + word.length() > WIDTH) {
            text.append("\r\n");
            column = 0;
        }
        append(" " + word);
        return this;
    }

    /// The field with its final CRLF.
    @Override
    public String toString() {
        return text + "\r\n";
    }

    private void append(String more) {
        text.append(more);
        column += more.length();
    }
}
