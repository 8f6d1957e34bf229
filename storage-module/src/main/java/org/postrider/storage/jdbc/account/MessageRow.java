package org.postrider.storage.jdbc.account;

/// What the row of a message says, apart from its MODSEQ.
///
/// @param flags the bits of the column `message.flags`
/// @param size RFC822.SIZE
/// @param date INTERNALDATE, milliseconds since 1970
public record MessageRow(long uid, long flags, int size, long date) {}
