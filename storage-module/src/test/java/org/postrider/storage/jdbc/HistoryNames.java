package org.postrider.storage.jdbc;

import org.postrider.storage.mailbox.MailboxName;

/// Mailboxes and their names, as IMAP clients change them.
final class HistoryNames {

    private final HistoryChoices choices;

    HistoryNames(HistoryChoices choices) {
        this.choices = choices;
    }

    void change() {
        var mailboxes = choices.store.mailboxes();
        var account = choices.account.id();
        var name = choices.anyName();
        switch (choices.random.nextInt(11)) {
            case 0, 1, 2 -> mailboxes.create(account, name, choices.anyUse());
            case 3, 4 -> mailboxes.delete(account, name);
            case 5, 6 -> mailboxes.rename(account, name, choices.anyName());
            case 7 -> {
                if (choices.oneIn(4)) {
                    mailboxes.rename(account, MailboxName.INBOX, choices.anyName());
                }
            }
            case 8 -> mailboxes.setSpecialUse(account, name, choices.anyUse());
            case 9 -> mailboxes.subscribe(account, name);
            default -> mailboxes.unsubscribe(account, name);
        }
    }
}
