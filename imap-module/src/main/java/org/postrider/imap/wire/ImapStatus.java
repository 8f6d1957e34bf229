package org.postrider.imap.wire;

/// A status response (RFC 3501 §7.1): tagged it ends a command, untagged it tells something.
///
/// @param condition how it went
/// @param code the response code without its brackets (RFC 3501 §7.1, RFC 5530 §3), empty for none
/// @param text for people
public record ImapStatus(Condition condition, String code, String text) {

    /// How a command ended, or what happens to the connection.
    public enum Condition {
        OK,
        NO,
        BAD,
        BYE
    }

    public ImapStatus {
        if (text.isEmpty() || !isPrintable(text) || !isPrintable(code)) {
            throw new IllegalArgumentException("not a status response: " + code + " " + text);
        }
    }

    public static ImapStatus ok(String text) {
        return new ImapStatus(Condition.OK, "", text);
    }

    public static ImapStatus ok(String code, String text) {
        return new ImapStatus(Condition.OK, code, text);
    }

    public static ImapStatus no(String text) {
        return new ImapStatus(Condition.NO, "", text);
    }

    public static ImapStatus no(String code, String text) {
        return new ImapStatus(Condition.NO, code, text);
    }

    public static ImapStatus bad(String text) {
        return new ImapStatus(Condition.BAD, "", text);
    }

    public static ImapStatus bad(String code, String text) {
        return new ImapStatus(Condition.BAD, code, text);
    }

    public static ImapStatus bye(String text) {
        return new ImapStatus(Condition.BYE, "", text);
    }

    public static ImapStatus bye(String code, String text) {
        return new ImapStatus(Condition.BYE, code, text);
    }

    @Override
    public String toString() {
        return condition + (code.isEmpty() ? " " : " [" + code + "] ") + text;
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }
}
