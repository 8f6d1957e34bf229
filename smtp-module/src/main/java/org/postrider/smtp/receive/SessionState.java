package org.postrider.smtp.receive;

/// How far a session is (RFC 5321 §3.1, §4.1.4).
sealed interface SessionState {

    /// The client has not said who it is, or must say so again after STARTTLS.
    record Connected() implements SessionState {}

    /// Between two messages.
    record Greeted(Hello hello) implements SessionState {}

    /// After MAIL.
    record Sending(Hello hello, Transaction transaction) implements SessionState {}
}
