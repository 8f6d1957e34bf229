package org.postrider.imap.wire;

import java.io.Serial;

/// A command that cannot be taken as it is written, and what to answer: mostly BAD, but NO where
/// the RFC has a word for it (a charset that is not known, a literal too large).
public final class SyntaxError extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialised; exceptions merely are Serializable
    private final ImapStatus answer;

    private final boolean fatal;

    private SyntaxError(ImapStatus answer, boolean fatal) {
        super(answer.text(), null, false, false);
        this.answer = answer;
        this.fatal = fatal;
    }

    public SyntaxError(String text) {
        this(ImapStatus.bad(text), false);
    }

    public SyntaxError(ImapStatus answer) {
        this(answer, false);
    }

    /// An error after which it is not known where the next command begins: the connection ends.
    public static SyntaxError fatal(ImapStatus answer) {
        return new SyntaxError(answer, true);
    }

    public ImapStatus answer() {
        return answer;
    }

    public boolean isFatal() {
        return fatal;
    }
}
