package org.postrider.smtp.wire;

import org.postrider.storage.address.MailAddress;

/// Who a message is for, as RCPT names it (RFC 5321 §4.1.1.3), any source route removed.
public sealed interface ForwardPath {

    record Mailbox(MailAddress address) implements ForwardPath {
        @Override
        public String toString() {
            return "<" + address + ">";
        }
    }

    /// `<postmaster>` without a domain, which every server takes (RFC 5321 §4.5.1).
    record Postmaster() implements ForwardPath {
        @Override
        public String toString() {
            return "<postmaster>";
        }
    }

    /// A mailbox that cannot be one of ours: at an address literal, or of a form that no account's
    /// address has.
    ///
    /// @param mailbox `local-part@domain` as written
    record AsWritten(String mailbox) implements ForwardPath {

        /// What stands behind the last `@`.
        public String domain() {
            return mailbox.substring(mailbox.lastIndexOf('@') + 1);
        }

        @Override
        public String toString() {
            return "<" + mailbox + ">";
        }
    }
}
