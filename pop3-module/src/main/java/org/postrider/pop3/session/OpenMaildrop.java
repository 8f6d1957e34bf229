package org.postrider.pop3.session;

import java.util.ArrayList;
import java.util.function.IntPredicate;
import org.postrider.pop3.wire.MessageNumber;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// A maildrop while a session has it: the messages that were there at login, whatever happens to
/// them meanwhile, and the marks of this session. Numbers, sizes and unique-ids stand still until
/// QUIT.
public final class OpenMaildrop implements AutoCloseable {

    private final Maildrops.Maildrop lock;
    private final MailboxView view;
    private final Marks marks;
    private final boolean seenByRetrieval;
    private final long octetsAtLogin;
    private int messages;
    private long octets;

    /// @param lock the maildrop as the store gave it; this object closes it
    /// @param seenByRetrieval whether QUIT sets \Seen on what was retrieved whole
    public OpenMaildrop(Maildrops.Maildrop lock, boolean seenByRetrieval) {
        this.lock = lock;
        this.view = lock.view();
        this.seenByRetrieval = seenByRetrieval;
        this.marks = new Marks(view.size(), lastSeen(view));
        this.octetsAtLogin = sumOfOctets(view);
        this.messages = view.size();
        this.octets = octetsAtLogin;
    }

    /// How many messages are not marked as deleted.
    public int messages() {
        return messages;
    }

    /// The octets of the messages that are not marked as deleted.
    public long octets() {
        return octets;
    }

    /// What the maildrop holds, in words for the client.
    public String summary() {
        return messages + (messages == 1 ? " message, " : " messages, ") + octets + " octets";
    }

    public Standing standing(MessageNumber number) {
        return marks.standing(number);
    }

    /// The size of one message as it is stored, without dots stuffed.
    public long octets(MessageNumber number) {
        return view.octets(number.index());
    }

    public Uidl uidl(MessageNumber number) {
        return new Uidl(view.uidValidity(), view.uid(number.index()));
    }

    public MailboxId mailbox() {
        return view.mailbox();
    }

    public long uid(MessageNumber number) {
        return view.uid(number.index());
    }

    /// Calls the visitor with the messages that are not marked as deleted, in order.
    public <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        for (int index = 0; index < view.size(); index++) {
            if (!marks.isDeleted(index)) {
                visitor.visit(MessageNumber.at(index));
            }
        }
    }

    /// Marks a listed message as deleted.
    public void delete(MessageNumber number) {
        marks.delete(number);
        messages--;
        octets -= view.octets(number.index());
    }

    /// Notes that a message went to the client whole.
    public void retrieve(MessageNumber number) {
        marks.retrieve(number);
    }

    public void reset() {
        marks.reset();
        messages = view.size();
        octets = octetsAtLogin;
    }

    /// The highest message number accessed, 0 for none: at login that of the last message with
    /// \Seen, raised by RETR and DELE (RFC 1460).
    public int last() {
        return marks.last();
    }

    /// The UPDATE state (RFC 1939 §6): all that is marked goes, in one transaction, or nothing
    /// does.
    ///
    /// @return what was there to delete; messages that others expunged meanwhile are not in it
    public Outcome<UidSet> update() {
        var deleted = uids(marks.toDelete());
        var seen = seenByRetrieval ? uids(marks.toMarkSeen()) : UidSet.EMPTY;
        return lock.update(deleted, seen);
    }

    /// Gives the maildrop back and changes nothing.
    @Override
    public void close() {
        lock.close();
    }

    private UidSet uids(IntPredicate chosen) {
        var ranges = new ArrayList<UidSet.Range>();
        for (int index = 0; index < view.size(); index++) {
            if (chosen.test(index)) {
                ranges.add(new UidSet.Range(view.uid(index), view.uid(index)));
            }
        }
        return ranges.isEmpty() ? UidSet.EMPTY : new UidSet(ranges);
    }

    private static int lastSeen(MailboxView view) {
        for (int index = view.size() - 1; index >= 0; index--) {
            if (view.flags(index).has(SystemFlag.SEEN)) {
                return index + 1;
            }
        }
        return 0;
    }

    private static long sumOfOctets(MailboxView view) {
        long sum = 0;
        for (int index = 0; index < view.size(); index++) {
            sum += view.octets(index);
        }
        return sum;
    }

    /// Looks at one message after the other.
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        void visit(MessageNumber number) throws E;
    }
}
