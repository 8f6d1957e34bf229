package org.postrider.smtp.receive;

import org.jspecify.annotations.Nullable;
import org.postrider.smtp.wire.SmtpReply;

/// What a command leads to.
public sealed interface Answer {

    record Reply(SmtpReply reply) implements Answer {}

    /// The last reply of the connection.
    record Goodbye(SmtpReply reply) implements Answer {}

    /// Begin TLS; [Session#encrypted] afterwards.
    record BeginTls(SmtpReply reply) implements Answer {}

    /// Let the client log in; [Session#loggedIn] when it did.
    ///
    /// @param initialResponse base64, or null
    record BeginLogin(String mechanism, @Nullable String initialResponse) implements Answer {}

    /// Take the message; [Session#transactionEnded] afterwards, whatever came of it.
    record TakeMessage(Hello hello, Transaction transaction) implements Answer {}
}
