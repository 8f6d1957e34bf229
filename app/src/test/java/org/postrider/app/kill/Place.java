package org.postrider.app.kill;

/// A mailbox of an account.
record Place(String account, String mailbox) implements Comparable<Place> {

    static final String INBOX = "INBOX";

    static Place inbox(String account) {
        return new Place(account, INBOX);
    }

    boolean isInbox() {
        return mailbox.equals(INBOX);
    }

    @Override
    public int compareTo(Place other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return account + "/" + mailbox;
    }
}
