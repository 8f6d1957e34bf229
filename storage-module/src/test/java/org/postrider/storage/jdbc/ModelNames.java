package org.postrider.storage.jdbc;

import static org.postrider.storage.jdbc.ModelAccount.done;
import static org.postrider.storage.jdbc.ModelAccount.refused;

import java.util.List;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;

/// What commands make of the mailboxes and names of an account, and what they answer.
final class ModelNames {

    private final ModelAccount account;

    ModelNames(ModelAccount account) {
        this.account = account;
    }

    Outcome<MailboxEntry> create(MailboxName name, SpecialUse use) {
        if (name.isInbox()) {
            return refused(Refusal.INBOX);
        }
        if (account.live.containsKey(name.value())) {
            return refused(Refusal.ALREADY_EXISTS);
        }
        account.step();
        return done(account.createWithSuperiors(name.value(), use).entry());
    }

    Outcome<MailboxEntry> rename(MailboxName from, MailboxName to) {
        var box = account.live.get(from.value());
        if (box == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (account.live.containsKey(to.value())) {
            return refused(Refusal.ALREADY_EXISTS);
        }
        if (from.isInbox()) {
            return done(moveInbox(box, to.value()).entry());
        }
        if (to.isInferiorOf(from)) {
            return refused(Refusal.BAD_NAME);
        }
        var below = below(from.value());
        int length = from.value().length();
        if (below.stream()
                .anyMatch(each ->
                        account.live.containsKey(to.value() + each.name.substring(length)))) {
            return refused(Refusal.ALREADY_EXISTS);
        }
        account.step();
        account.createSuperiors(to.value());
        rename(box, to.value());
        below.forEach(each -> rename(each, to.value() + each.name.substring(length)));
        return done(box.entry());
    }

    private ModelMailbox moveInbox(ModelMailbox inbox, String to) {
        account.step();
        var target = account.createWithSuperiors(to, SpecialUse.NONE);
        var uids = ModelMailbox.set(List.copyOf(inbox.messages.keySet()));
        if (!uids.isEmpty()) {
            account.arrive(target, inbox.messages(uids));
            account.expunge(inbox, uids, Change.Origin.MOVE);
        }
        return target;
    }

    private void rename(ModelMailbox box, String name) {
        account.live.remove(box.name);
        box.name = name;
        account.live.put(name, box);
        account.touch(box);
    }

    private List<ModelMailbox> below(String name) {
        return account.live.values().stream()
                .filter(box -> box.name.startsWith(name + "/"))
                .toList();
    }

    Outcome<MailboxId> delete(MailboxName name) {
        var box = account.live.get(name.value());
        if (box == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (name.isInbox()) {
            return refused(Refusal.INBOX);
        }
        if (!below(name.value()).isEmpty()) {
            return refused(Refusal.HAS_INFERIORS);
        }
        account.step();
        account.live.remove(box.name);
        box.deleted = true;
        box.deletedAt = account.now;
        box.highestModSeq = account.modSeq;
        account.touch(box);
        return done(box.id);
    }

    Outcome<MailboxEntry> use(MailboxName name, SpecialUse use) {
        var box = account.live.get(name.value());
        if (box == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (box.use != use) {
            account.step();
            box.use = use;
            account.touch(box);
        }
        return done(box.entry());
    }

    boolean subscribe(MailboxName name, boolean subscribe) {
        boolean changes =
                subscribe
                        ? account.subscriptions.add(name.value())
                        : account.subscriptions.remove(name.value());
        if (changes) {
            account.step();
        }
        return changes;
    }
}
