package org.postrider.storage.mailbox;

import java.util.OptionalLong;

/// The names that never change of messages, threads and mailboxes (RFC 8474 §4): a letter that says
/// of what, and its number in the store.
public final class ObjectId {

    private static final int RADIX = 36;

    private ObjectId() {}

    /// EMAILID of the message with this body: copies share it.
    public static String email(long body) {
        return "M" + text(body);
    }

    /// THREADID.
    public static String thread(long thread) {
        return "T" + text(thread);
    }

    /// MAILBOXID: kept when the mailbox is renamed, never given again.
    public static String mailbox(MailboxId mailbox) {
        return "F" + text(mailbox.account().value()) + "-" + text(mailbox.number());
    }

    /// The number in an EMAILID; empty when it is none that this store made.
    public static OptionalLong email(String id) {
        return number('M', id);
    }

    /// The number in a THREADID; empty when it is none that this store made.
    public static OptionalLong thread(String id) {
        return number('T', id);
    }

    private static String text(long number) {
        return Long.toString(number, RADIX);
    }

    private static OptionalLong number(char kind, String id) {
        if (id.length() < 2 || id.charAt(0) != kind) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(id.substring(1), RADIX);
            return number > 0 && text(number).equals(id.substring(1))
                    ? OptionalLong.of(number)
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
