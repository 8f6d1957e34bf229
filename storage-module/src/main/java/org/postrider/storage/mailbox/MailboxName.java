package org.postrider.storage.mailbox;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/// The name of a mailbox: components divided by `/`, in Unicode, NFC. INBOX is spelled so whatever
/// the client wrote (RFC 9051 §5.1).
///
/// @param value the canonical name
public record MailboxName(String value) {

    /// What divides the components of a name.
    public static final char SEPARATOR = '/';

    /// The longest name, in characters.
    public static final int MAX_LENGTH = 1000;

    public static final MailboxName INBOX = new MailboxName("INBOX");

    public MailboxName {
        value = canonical(value);
        if (!isAcceptable(value)) {
            throw new IllegalArgumentException("not a mailbox name: " + value);
        }
    }

    /// The name a client wrote, or empty when no mailbox can have it.
    public static Optional<MailboxName> parse(String text) {
        var canonical = canonical(text);
        return isAcceptable(canonical) ? Optional.of(new MailboxName(canonical)) : Optional.empty();
    }

    public boolean isInbox() {
        return value.equals("INBOX");
    }

    /// The names of the mailboxes above this one, the outermost first.
    public List<MailboxName> superiors() {
        var names = new java.util.ArrayList<MailboxName>();
        for (int at = value.indexOf(SEPARATOR); at > 0; at = value.indexOf(SEPARATOR, at + 1)) {
            names.add(new MailboxName(value.substring(0, at)));
        }
        return List.copyOf(names);
    }

    public boolean isInferiorOf(MailboxName other) {
        return value.startsWith(other.value + SEPARATOR);
    }

    private static String canonical(String text) {
        var name = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (name.regionMatches(true, 0, "INBOX", 0, 5)
                && (name.length() == 5 || name.charAt(5) == SEPARATOR)) {
            return "INBOX" + name.substring(5);
        }
        return name;
    }

    private static boolean isAcceptable(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.codePoints().noneMatch(MailboxName::isForbidden)
                && List.of(name.split("/", -1)).stream().noneMatch(String::isEmpty);
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint == 0x2028
                || codePoint == 0x2029
                || (codePoint >= 0xD800 && codePoint <= 0xDFFF);
    }
}
