package org.postrider.storage.check;

import java.util.Optional;
import org.postrider.storage.directory.AccountId;

/// How far a check goes.
///
/// @param deep reads the octets of every message too, and compares what they give with what was
///   computed of them when they came
/// @param account the only account that is looked at; all of them and the store as a whole when
///   there is none
public record CheckOptions(boolean deep, Optional<AccountId> account) {

    /// Every account, the rows only.
    public static final CheckOptions ROWS = new CheckOptions(false, Optional.empty());

    /// Every account, and the octets of every message.
    public static final CheckOptions DEEP = new CheckOptions(true, Optional.empty());
}
