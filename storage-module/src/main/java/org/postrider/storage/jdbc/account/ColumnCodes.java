package org.postrider.storage.jdbc.account;

import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Undelete;

/// The numbers that columns have for constants. They never change.
public final class ColumnCodes {

    private ColumnCodes() {}

    /// `mailbox.special_use`.
    public static int number(SpecialUse use) {
        return switch (use) {
            case NONE -> 0;
            case ARCHIVE -> 1;
            case DRAFTS -> 2;
            case FLAGGED -> 3;
            case JUNK -> 4;
            case SENT -> 5;
            case TRASH -> 6;
        };
    }

    public static SpecialUse specialUse(int number) {
        for (var use : SpecialUse.values()) {
            if (number(use) == number) {
                return use;
            }
        }
        throw new IllegalStateException("no such special use: " + number);
    }

    /// `expunged.origin` of a message that can be brought back.
    public static Undelete.By removedBy(int origin) {
        return switch (origin) {
            case 1 -> Undelete.By.IMAP;
            case 2 -> Undelete.By.POP3;
            case 4 -> Undelete.By.MAILBOX;
            case 5 -> Undelete.By.RETENTION;
            case 6 -> Undelete.By.ADMINISTRATOR;
            default -> throw new IllegalStateException("no such origin: " + origin);
        };
    }

    /// The bit in `message.flags`.
    public static long bit(SystemFlag flag) {
        return switch (flag) {
            case SEEN -> 1;
            case ANSWERED -> 1 << 1;
            case FLAGGED -> 1 << 2;
            case DELETED -> 1 << 3;
            case DRAFT -> 1 << 4;
        };
    }
}
