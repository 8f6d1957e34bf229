package org.postrider.storage.jdbc.directory;

import org.postrider.storage.directory.Standing;

/// What `account.state` says.
public final class AccountStates {

    public static final long ACTIVE = 0;
    public static final long SUSPENDED = 1;

    /// The account is gone; its row stays, so that nothing is ever taken for another's.
    public static final long DELETED = 2;

    private AccountStates() {}

    public static long number(Standing standing) {
        return switch (standing) {
            case ACTIVE -> ACTIVE;
            case SUSPENDED -> SUSPENDED;
        };
    }

    /// The standing of an account that was not deleted.
    public static Standing standing(long number) {
        return number == ACTIVE ? Standing.ACTIVE : Standing.SUSPENDED;
    }
}
