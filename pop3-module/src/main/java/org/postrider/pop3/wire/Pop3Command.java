package org.postrider.pop3.wire;

import java.util.Optional;

/// What a client asks for, parsed and complete.
public sealed interface Pop3Command {

    /// A command of the AUTHORIZATION state that may end in a login (RFC 1939 §4, RFC 5034 §4).
    sealed interface LoginCommand extends Pop3Command {}

    /// A command of the TRANSACTION state (RFC 1939 §5).
    sealed interface MaildropCommand extends Pop3Command {}

    record User(String name) implements LoginCommand {}

    record Pass(String password) implements LoginCommand {

        /// Keeps the password out of logs.
        @Override
        public String toString() {
            return "Pass[…]";
        }
    }

    /// @param mechanism in upper case
    /// @param initialResponse decoded; present and empty when the client sent `=`
    record Auth(String mechanism, Optional<byte[]> initialResponse) implements LoginCommand {

        /// Keeps the password out of logs.
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    record Stat() implements MaildropCommand {}

    /// LIST without an argument.
    record ListAll() implements MaildropCommand {}

    record ListOne(MessageNumber number) implements MaildropCommand {}

    /// UIDL without an argument.
    record UidlAll() implements MaildropCommand {}

    record UidlOne(MessageNumber number) implements MaildropCommand {}

    record Retr(MessageNumber number) implements MaildropCommand {}

    /// @param lines how many lines of the body are wanted after the header
    record Top(MessageNumber number, long lines) implements MaildropCommand {}

    record Dele(MessageNumber number) implements MaildropCommand {}

    record Noop() implements MaildropCommand {}

    /// The highest message number accessed, a command that RFC 1460 had and RFC 1725 dropped.
    record Last() implements MaildropCommand {}

    record Rset() implements MaildropCommand {}

    /// AUTH without an argument: which mechanisms are there? Older than CAPA, and still asked.
    record AuthMechanisms() implements Pop3Command {}

    record Capa() implements Pop3Command {}

    record Stls() implements Pop3Command {}

    record Quit() implements Pop3Command {}
}
