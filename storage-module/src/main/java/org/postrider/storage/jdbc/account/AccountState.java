package org.postrider.storage.jdbc.account;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.directory.Quota;

/// An account's mail at one MODSEQ, without the messages: the row of `account_state`, the live
/// mailboxes by number, the subscriptions, the mailboxes whose rows are behind.
///
/// @param version grows with every change, with the changes too that have no MODSEQ
public record AccountState(
        int account,
        long version,
        long modSeq,
        int nextMailbox,
        long nextUidValidity,
        long usedOctets,
        long usedMessages,
        long quotaOctets,
        long quotaMessages,
        Map<Integer, MailboxState> mailboxes,
        Set<String> subscriptions,
        Backlogs backlogs) {

    public AccountState {
        mailboxes = Map.copyOf(mailboxes);
        subscriptions = Set.copyOf(subscriptions);
    }

    public Quota quota() {
        return new Quota(usedOctets, usedMessages, Quota.Limits.of(quotaOctets, quotaMessages));
    }

    public Optional<MailboxState> mailbox(String name) {
        return mailboxes.values().stream().filter(box -> box.name().equals(name)).findAny();
    }
}
