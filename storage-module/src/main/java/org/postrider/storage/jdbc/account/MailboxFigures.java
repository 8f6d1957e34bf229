package org.postrider.storage.jdbc.account;

/// What a mailbox counts.
public record MailboxFigures(long total, long unseen, long deleted, long octets) {

    /// Adds messages up.
    public static final class Sum {
        private long total;
        private long unseen;
        private long deleted;
        private long octets;

        public void add(long flags, int size) {
            total++;
            unseen += (flags & KeywordBits.SEEN) == 0 ? 1 : 0;
            deleted += (flags & KeywordBits.DELETED) != 0 ? 1 : 0;
            octets += size;
        }

        public MailboxFigures figures() {
            return new MailboxFigures(total, unseen, deleted, octets);
        }
    }

    @Override
    public String toString() {
        return "%d messages, %d unseen, %d deleted, %d octets"
                .formatted(total, unseen, deleted, octets);
    }
}
