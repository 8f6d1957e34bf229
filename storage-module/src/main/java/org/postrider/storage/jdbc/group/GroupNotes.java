package org.postrider.storage.jdbc.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentNote;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.mailbox.Flags;

/// What the segments say of a group beside its bodies, so that segments and an older copy of the
/// database, or segments alone, bring back each message that was received (`Restore`). Copies are
/// not said: what they copy was received.
public final class GroupNotes {

    private final GroupPlan plan;

    public GroupNotes(GroupPlan plan) {
        this.plan = plan;
    }

    /// The notes, when each body has its place: names before what arrived under them.
    public List<SegmentNote> all() {
        var notes = new ArrayList<>(plan.rows().notes);
        var names =
                new NamesNote(
                        accounts(),
                        mailboxes(),
                        limits(),
                        subscriptions(),
                        plan.directory().changes());
        if (!names.isEmpty()) {
            notes.add(new SegmentNote(RecordType.NAMES, names.encoded()));
        }
        var added = added();
        for (var meta : plan.rows().metas) {
            var arrived = added.get(meta.key());
            if (arrived == null) {
                throw new IllegalStateException("the log does not know " + meta.key());
            }
            var note = arrival(meta, arrived);
            notes.add(new SegmentNote(RecordType.ARRIVAL, note.encoded()));
        }
        return notes;
    }

    private record Arrived(long modSeq, MessageRow row) {}

    /// What the log says of messages that came: their rows may follow later.
    private Map<MessageKey, Arrived> added() {
        var added = new HashMap<MessageKey, Arrived>();
        for (var logged : plan.rows().log) {
            if (logged.change().change() instanceof Change.Added(int mailbox, var messages)) {
                for (var row : messages) {
                    added.put(
                            new MessageKey(logged.account(), mailbox, row.uid()),
                            new Arrived(logged.change().modSeq(), row));
                }
            }
        }
        return added;
    }

    private ArrivalNote arrival(GroupRows.NewMeta meta, Arrived message) {
        var key = meta.key();
        var body = meta.message().body();
        return new ArrivalNote(
                key.account(),
                key.mailbox(),
                key.uid(),
                message.modSeq(),
                meta.bodyId(),
                flags(key, message.row().flags()),
                message.row().date(),
                meta.trace(),
                body.place().orElseThrow(() -> new IllegalStateException("a body without a place")),
                body.digest());
    }

    private Flags flags(MessageKey key, long mask) {
        return plan.account(key.account())
                .flatMap(ledger -> ledger.mailbox(key.mailbox()))
                .map(box -> box.keywords().flags(mask))
                .orElseGet(() -> KeywordBits.NONE.flags(KeywordBits.system(mask)));
    }

    private List<NamesNote.Owner> accounts() {
        return plan.rows().accounts.stream()
                .map(each -> new NamesNote.Owner(each.id(), each.uidValidity()))
                .toList();
    }

    private List<NamesNote.Box> mailboxes() {
        var boxes = new ArrayList<NamesNote.Box>();
        for (var each : plan.rows().mailboxes) {
            var box = each.state();
            boxes.add(
                    new NamesNote.Box(
                            box.account(),
                            box.number(),
                            box.name(),
                            box.uidValidity(),
                            box.specialUse(),
                            box.uidNext(),
                            each.deleted()));
        }
        return boxes;
    }

    private List<NamesNote.Limits> limits() {
        var limits = new ArrayList<NamesNote.Limits>();
        for (var logged : plan.rows().log) {
            if (logged.change().change() instanceof Change.QuotaSet(long octets, long messages)) {
                limits.add(new NamesNote.Limits(logged.account(), octets, messages));
            }
        }
        return limits;
    }

    private List<NamesNote.Subscription> subscriptions() {
        return plan.rows().subscriptions.stream()
                .map(each ->
                        new NamesNote.Subscription(each.account(), each.name(), each.subscribed()))
                .toList();
    }
}
