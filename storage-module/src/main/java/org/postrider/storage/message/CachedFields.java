package org.postrider.storage.message;

import java.util.Locale;
import java.util.Set;

/// The header fields that are kept in [MessageMeta] as they stand in the message, so that a
/// client's list of messages is answered without opening one.
public final class CachedFields {

    private static final Set<String> NAMES =
            Set.of(
                    "auto-submitted",
                    "bcc",
                    "cc",
                    "content-type",
                    "date",
                    "delivered-to",
                    "disposition-notification-to",
                    "from",
                    "importance",
                    "in-reply-to",
                    "list-id",
                    "list-post",
                    "list-unsubscribe",
                    "message-id",
                    "mime-version",
                    "newsgroups",
                    "precedence",
                    "priority",
                    "references",
                    "reply-to",
                    "return-path",
                    "sender",
                    "subject",
                    "to",
                    "x-priority");

    private CachedFields() {}

    /// Whether fields of this name are kept. Whether all of a message's are: [MessageMeta#covers].
    public static boolean keeps(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
