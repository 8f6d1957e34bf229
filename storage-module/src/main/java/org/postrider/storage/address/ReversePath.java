package org.postrider.storage.address;

/// Where a message's bounces go (RFC 5321 §4.1.2).
public sealed interface ReversePath {

    /// `<>`: bounces go nowhere (RFC 5321 §4.5.5).
    record Null() implements ReversePath {
        @Override
        public String toString() {
            return "<>";
        }
    }

    record Mailbox(MailAddress address) implements ReversePath {
        @Override
        public String toString() {
            return "<" + address + ">";
        }
    }
}
