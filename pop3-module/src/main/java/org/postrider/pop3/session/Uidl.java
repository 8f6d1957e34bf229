package org.postrider.pop3.session;

import java.util.HexFormat;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidValidity;

/// The unique-id of a message (RFC 1939 §7): the same in every session, and never that of another.
/// UIDVALIDITY is unique in its account and a UID in its mailbox, so the two together are, for
/// ever.
public record Uidl(UidValidity uidValidity, long uid) {

    private static final HexFormat HEX = HexFormat.of();

    public Uidl {
        if (uid < 1 || uid > Uid.MAX) {
            throw new IllegalArgumentException("UID out of range: " + uid);
        }
    }

    /// Sixteen hexadecimal digits.
    @Override
    public String toString() {
        return HEX.toHexDigits(uidValidity.value(), 8) + HEX.toHexDigits(uid, 8);
    }
}
