package org.postrider.imap.command;

import org.postrider.storage.mailbox.MailboxName;

/// A mailbox name with wildcards (RFC 3501 §6.3.8): `*` stands for anything, `%` for anything
/// within one level. INBOX fits in any case of its letters.
///
/// @param text reference and name as one
record MailboxPattern(String text) {

    /// How a name fits. Takes time in proportion to both lengths, whatever the wildcards.
    boolean matches(MailboxName name) {
        return matches(name.value(), isInInbox(name.value()));
    }

    private static boolean isInInbox(String name) {
        return name.equals("INBOX") || name.startsWith("INBOX/");
    }

    private boolean matches(String name, boolean inInbox) {
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '%') {
                spread(reached, name, c == '%');
            } else {
                advance(reached, name, c, inInbox);
            }
        }
        return reached[name.length()];
    }

    private static void spread(boolean[] reached, String name, boolean withinLevel) {
        for (int at = 1; at < reached.length; at++) {
            boolean stops = withinLevel && name.charAt(at - 1) == MailboxName.SEPARATOR;
            reached[at] |= reached[at - 1] && !stops;
        }
    }

    private static void advance(boolean[] reached, String name, char c, boolean inInbox) {
        for (int at = reached.length - 1; at > 0; at--) {
            char in = name.charAt(at - 1);
            boolean same = in == c || (inInbox && at <= 5 && in == upper(c));
            reached[at] = reached[at - 1] && same;
        }
        reached[0] = false;
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }
}
