package org.postrider.storage.check;

import java.util.StringJoiner;

/// Where in a store something is, in the words of who looks for it: an account's address, a
/// mailbox's name, a UID. What does not apply is empty or 0.
///
/// @param account the address of the account
/// @param mailbox the name of the mailbox
/// @param uid the message
/// @param object what else it is, such as a body and the file it is in
public record Place(String account, String mailbox, long uid, String object) {

    /// The store as a whole.
    public static final Place STORE = new Place("", "", 0, "");

    public static Place account(String address) {
        return new Place(address, "", 0, "");
    }

    public Place in(String mailboxName) {
        return new Place(account, mailboxName, uid, object);
    }

    public Place message(long messageUid) {
        return new Place(account, mailbox, messageUid, object);
    }

    public Place object(String what) {
        return new Place(account, mailbox, uid, what);
    }

    @Override
    public String toString() {
        var text = new StringJoiner(", ");
        text.setEmptyValue("the store");
        if (!account.isEmpty()) {
            text.add(account);
        }
        if (!mailbox.isEmpty()) {
            text.add("mailbox " + mailbox);
        }
        if (uid != 0) {
            text.add("UID " + uid);
        }
        if (!object.isEmpty()) {
            text.add(object);
        }
        return text.toString();
    }
}
