package org.postrider.pop3.session;

import java.util.BitSet;
import java.util.function.IntPredicate;
import org.postrider.pop3.wire.MessageNumber;

/// What a session has noted about the messages of its maildrop: marked as deleted, retrieved whole,
/// and the highest number accessed (RFC 1460 LAST). Nobody else sees any of it before QUIT.
final class Marks {

    private final int messages;
    private final int lastAtLogin;
    private final BitSet deleted = new BitSet();
    private final BitSet retrieved = new BitSet();
    private int last;

    /// @param messages how many messages the maildrop has
    /// @param lastAtLogin the highest number accessed in earlier sessions, 0 for none
    Marks(int messages, int lastAtLogin) {
        this.messages = messages;
        this.lastAtLogin = lastAtLogin;
        this.last = lastAtLogin;
    }

    Standing standing(MessageNumber number) {
        if (number.index() >= messages) {
            return Standing.UNKNOWN;
        }
        return deleted.get(number.index()) ? Standing.DELETED : Standing.LISTED;
    }

    void delete(MessageNumber number) {
        deleted.set(number.index());
        access(number);
    }

    void retrieve(MessageNumber number) {
        retrieved.set(number.index());
        access(number);
    }

    /// RSET: unmarks what is marked as deleted and forgets accesses. That a message was retrieved
    /// stays true.
    void reset() {
        deleted.clear();
        last = lastAtLogin;
    }

    int last() {
        return last;
    }

    boolean isDeleted(int index) {
        return deleted.get(index);
    }

    IntPredicate toDelete() {
        return deleted::get;
    }

    /// Retrieved and not about to be deleted.
    IntPredicate toMarkSeen() {
        return index -> retrieved.get(index) && !deleted.get(index);
    }

    private void access(MessageNumber number) {
        last = Math.max(last, number.value());
    }
}
