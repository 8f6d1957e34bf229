package org.postrider.storage.message;

/// Octets written as two hexadecimal digits.
final class HexDigits {

    private HexDigits() {}

    /// The octet that the two digits here are, or -1 when they are none.
    static int octetAt(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
