package org.postrider.storage.jdbc.account;

import java.util.Locale;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.UidValidity;

/// A live mailbox as its rows in `mailbox`, `mailbox_state` and `mailbox_keyword` say.
public record MailboxState(
        int account,
        int number,
        String name,
        long uidValidity,
        SpecialUse specialUse,
        long uidNext,
        long highestModSeq,
        int total,
        int unseen,
        int deleted,
        long octets,
        KeywordBits keywords) {

    public static MailboxState created(
            int account, int number, String name, long uidValidity, SpecialUse use, long modSeq) {
        return new MailboxState(
                account, number, name, uidValidity, use, 1, modSeq, 0, 0, 0, 0, KeywordBits.NONE);
    }

    public MailboxId id() {
        return new MailboxId(new AccountId(account), number);
    }

    public MailboxEntry entry() {
        return new MailboxEntry(
                id(), new MailboxName(name), new UidValidity(uidValidity), specialUse);
    }

    /// The state under another name; what is in the mailbox keeps its MODSEQs.
    public MailboxState named(String newName) {
        return new MailboxState(
                account,
                number,
                newName,
                uidValidity,
                specialUse,
                uidNext,
                highestModSeq,
                total,
                unseen,
                deleted,
                octets,
                keywords);
    }

    /// The state with another use.
    public MailboxState used(SpecialUse use) {
        return new MailboxState(
                account,
                number,
                name,
                uidValidity,
                use,
                uidNext,
                highestModSeq,
                total,
                unseen,
                deleted,
                octets,
                keywords);
    }

    public MailboxState knowing(KeywordBits more, long modSeq) {
        return new MailboxState(
                account,
                number,
                name,
                uidValidity,
                specialUse,
                uidNext,
                modSeq,
                total,
                unseen,
                deleted,
                octets,
                more);
    }

    /// The state after messages came or went or changed.
    public MailboxState counting(Count delta, long newUidNext, long modSeq) {
        return new MailboxState(
                account,
                number,
                name,
                uidValidity,
                specialUse,
                newUidNext,
                modSeq,
                total + delta.messages,
                unseen + delta.unseen,
                deleted + delta.deleted,
                octets + delta.octets,
                keywords);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "mailbox %d/%d", account, number);
    }

    /// How the figures of a mailbox change.
    public static final class Count {
        public int messages;
        public int unseen;
        public int deleted;
        public long octets;

        public void plus(long flags, int size) {
            messages++;
            octets += size;
            flags(flags, 1);
        }

        public void minus(long flags, int size) {
            messages--;
            octets -= size;
            flags(flags, -1);
        }

        public void flags(long before, long after) {
            flags(before, -1);
            flags(after, 1);
        }

        private void flags(long flags, int step) {
            unseen += (flags & KeywordBits.SEEN) == 0 ? step : 0;
            deleted += (flags & KeywordBits.DELETED) != 0 ? step : 0;
        }
    }
}
