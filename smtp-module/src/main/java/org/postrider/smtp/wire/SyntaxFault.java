package org.postrider.smtp.wire;

import java.io.Serial;

/// Leaves the parser with the reply that says what is wrong. It never leaves the package.
final class SyntaxFault extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    SyntaxFault(int code, int subject, int detail, String text) {
        super(text, null, false, false);
        this.reply = SmtpReply.of(code, subject, detail, text);
    }

    SmtpReply reply() {
        return reply;
    }
}
