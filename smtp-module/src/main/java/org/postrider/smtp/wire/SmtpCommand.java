package org.postrider.smtp.wire;

import org.jspecify.annotations.Nullable;
import org.postrider.storage.address.ReversePath;

/// A command, read and well-formed (RFC 5321 §4.1.1).
public sealed interface SmtpCommand {

    record Ehlo(ClientName client) implements SmtpCommand {}

    record Helo(ClientName client) implements SmtpCommand {}

    /// RFC 3207 §4.
    record StartTls() implements SmtpCommand {}

    /// RFC 4954 §4.
    ///
    /// @param mechanism in upper case
    /// @param initialResponse in base64 as sent, `=` for an empty one; null when there is none
    record Auth(String mechanism, @Nullable String initialResponse) implements SmtpCommand {
        /// Keeps the response, which may hold a password, out of logs.
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    record Mail(ReversePath sender, MailParameters parameters) implements SmtpCommand {}

    record Rcpt(ForwardPath recipient) implements SmtpCommand {}

    record Data() implements SmtpCommand {}

    record Rset() implements SmtpCommand {}

    record Noop() implements SmtpCommand {}

    record Quit() implements SmtpCommand {}

    record Vrfy() implements SmtpCommand {}

    record Help() implements SmtpCommand {}

    /// A command of RFC 5321 or of an extension that this server does not have.
    record NotImplemented() implements SmtpCommand {}

    /// Another protocol's request: a browser was made to talk to us, and commands may stand in what
    /// it sends.
    record OtherProtocol() implements SmtpCommand {}
}
