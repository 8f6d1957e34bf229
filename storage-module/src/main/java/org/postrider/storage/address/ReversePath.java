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

    /// A mailbox elsewhere that [MailAddress] is too strict for: at an address literal (RFC 5321
    /// §4.1.3), with an underscore in its domain, dots in a row or more than 64 octets in its local
    /// part. It is kept as written, so that a bounce finds its way.
    ///
    /// @param mailbox `local-part@domain`, printable ASCII without brackets or spaces
    record AsWritten(String mailbox) implements ReversePath {

        /// Longer than any path of RFC 5321 §4.5.3.1.3.
        public static final int LONGEST = 320;

        public AsWritten {
            boolean printable =
                    mailbox.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '<' && c != '>');
            if (!printable || mailbox.indexOf('@') < 1 || mailbox.length() > LONGEST) {
                throw new IllegalArgumentException("not a mailbox: " + mailbox);
            }
        }

        @Override
        public String toString() {
            return "<" + mailbox + ">";
        }
    }
}
