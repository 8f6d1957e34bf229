package org.postrider.smtp.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server answers: a code, usually an enhanced status, and a line of text or several (RFC
/// 5321 §4.2, RFC 2034 §4).
///
/// @param status null in greetings, in answers to HELO and EHLO, and with codes 3xx (RFC 2034 §4)
/// @param lines at least one
public record SmtpReply(int code, @Nullable EnhancedStatus status, List<String> lines) {

    /// The longest reply line, code and CRLF included (RFC 5321 §4.5.3.1.5).
    static final int LONGEST_LINE = 512;

    public SmtpReply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("not a reply code: " + code);
        }
        if (status != null && status.category() != code / 100) {
            throw new IllegalArgumentException(code + " contradicts " + status);
        }
        if (lines.isEmpty() || !lines.stream().allMatch(SmtpReply::isText)) {
            throw new IllegalArgumentException("not the text of a reply: " + lines);
        }
    }

    /// A reply of one line with the status `code/100.subject.detail`.
    public static SmtpReply of(int code, int subject, int detail, String text) {
        return new SmtpReply(code, new EnhancedStatus(code / 100, subject, detail), List.of(text));
    }

    /// A reply of one line without a status.
    public static SmtpReply plain(int code, String text) {
        return new SmtpReply(code, null, List.of(text));
    }

    /// The command was carried out.
    public boolean isPositive() {
        return code < 400;
    }

    /// The reply as it is sent: all lines but the last have a hyphen behind the code, and the
    /// status stands in each (RFC 5321 §4.2.1, RFC 2034 §4).
    public String text() {
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(code).append(i < lines.size() - 1 ? '-' : ' ');
            if (status != null) {
                text.append(status).append(' ');
            }
            text.append(lines.get(i)).append("\r\n");
        }
        return text.toString();
    }

    private static boolean isText(String line) {
        return line.length() <= LONGEST_LINE - "250-2.999.999 \r\n".length()
                && line.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }
}
