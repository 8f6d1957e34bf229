package org.postrider.storage.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The envelope structure of RFC 9051 §7.5.2. Texts are unfolded but not decoded; null is NIL.
/// Sender and Reply-To are filled from From where they are missing or empty.
public record Envelope(
        @Nullable String date,
        @Nullable String subject,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        @Nullable String inReplyTo,
        @Nullable String messageId) {

    /// Of a message that says nothing.
    public static final Envelope EMPTY =
            new Envelope(
                    null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    null, null);

    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    /// An address structure. A group begins with an address whose host is null and whose mailbox is
    /// the group's name, and ends with one whose mailbox is null too (RFC 9051 §7.5.2).
    public record Address(
            @Nullable String name,
            @Nullable String route,
            @Nullable String mailbox,
            @Nullable String host) {}
}
