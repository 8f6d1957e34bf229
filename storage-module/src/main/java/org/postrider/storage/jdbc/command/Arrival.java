package org.postrider.storage.jdbc.command;

import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.StagedMessage;

/// Puts received messages among the rows of a group: their bodies and what never changes of them.
public final class Arrival {

    private static final byte[] NO_TRACE = new byte[0];

    private final GroupPlan plan;
    private final AccountLedger account;
    private final MailboxState mailbox;
    private final List<MessageRow> messages = new ArrayList<>();

    public Arrival(GroupPlan plan, AccountLedger account, MailboxState mailbox) {
        this.plan = plan;
        this.account = account;
        this.mailbox = mailbox;
    }

    static byte[] noTrace() {
        return NO_TRACE;
    }

    /// One more message.
    ///
    /// @param trace served before the body
    /// @param flags the bits of `message.flags`
    /// @return its UID
    long add(StagedMessage staged, byte[] trace, long flags, long date) {
        long uid = messages.isEmpty() ? mailbox.uidNext() : messages.getLast().uid() + 1;
        return add(uid, staged, trace, flags, date);
    }

    /// One more message under a UID that it had before.
    ///
    /// @param uid beyond all that the mailbox gave
    long add(long uid, StagedMessage staged, byte[] trace, long flags, long date) {
        return add(uid, plan.newBodyId(), staged, trace, flags, date);
    }

    /// The same under a number for the body that it had before.
    public long add(
            long uid, long bodyId, StagedMessage staged, byte[] trace, long flags, long date) {
        int owner = account.account();
        plan.rows()
                .bodies
                .put(
                        new GroupRows.BodyKey(owner, bodyId),
                        new GroupRows.NewBody(
                                owner, bodyId, staged.headerOctets(), staged.body(), plan.now()));
        plan.rows()
                .add(
                        new GroupRows.NewMeta(
                                account.key(mailbox.number(), uid),
                                bodyId,
                                plan.threads().of(owner, staged.threadRefs(), bodyId),
                                plan.now(),
                                trace,
                                staged));
        int size = Math.addExact(trace.length, (int) staged.octets());
        messages.add(new MessageRow(uid, flags, size, date));
        return uid;
    }

    /// Adds them to the mailbox.
    public void finish() {
        account.add(mailbox.number(), messages);
    }
}
