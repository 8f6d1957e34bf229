package org.postrider.storage.jdbc.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.SegmentNote;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.database.Chore;
import org.postrider.storage.mailbox.MailboxId;

/// The rows that a group writes, collected while it is planned. Values are absolute, so the last
/// one planned for a row is the one that is written.
public final class GroupRows {

    /// A body that comes with the group.
    public record NewBody(int account, long id, int headerOctets, StagedBody body, long at) {}

    /// What a message says that does not change.
    public record NewMeta(
            MessageKey key,
            long bodyId,
            long thread,
            long saved,
            byte[] trace,
            StagedMessage message) {}

    /// Which thread an identifier of an account belongs to.
    public record ThreadRef(int account, long ref) {}

    /// The copies that go from one mailbox to another.
    record CopyRun(int account, int from, int to) {}

    /// A message with what another says that does not change.
    record MetaCopy(long source, long target) {}

    /// A message whose meta was computed again.
    public record Renewed(
            MailboxId mailbox, long uid, long body, byte[] meta, List<Long> threadRefs) {}

    /// A meta that was computed again, and the thread of its message if it has none.
    public record RenewedMeta(Renewed meta, long thread) {}

    record NewMessage(MessageKey key, long modSeq, MessageRow row) {}

    record NewFlags(MessageKey key, long modSeq, long flags) {}

    record Gone(MessageKey key, long modSeq, MessageRow row, Change.Origin origin) {}

    /// A record for the log, or one of the log that the rows of its mailbox do not show yet.
    record Logged(int account, LoggedChange change) {}

    public record BodyKey(int account, long id) {}

    /// The text of a body.
    ///
    /// @param text empty when it is too large to be kept
    /// @param before where the text is that it replaces
    public record NewText(
            BodyKey body, int version, Optional<StagedBody> text, Optional<BodyPlace> before) {}

    public record BoxKey(int account, int mailbox) {}

    record NewKeyword(BoxKey mailbox, int bit, String name) {}

    record NewKeywordInSet(BoxKey mailbox, int set, int keyword) {}

    /// The row of a mailbox after it was created, renamed or deleted.
    record NamedBox(MailboxState state, long modSeq, boolean created, boolean deleted) {}

    record Subscription(int account, String name, boolean subscribed) {}

    /// What an account has beside its row in the directory.
    ///
    /// @param uidValidity the next one
    public record NewAccount(int id, long uidValidity) {}

    public final Map<BodyKey, NewBody> bodies = new LinkedHashMap<>();
    public final Map<BodyKey, Integer> bodyRefs = new LinkedHashMap<>();
    public final Map<BodyKey, NewText> texts = new LinkedHashMap<>();
    public final List<NewMeta> metas = new ArrayList<>();
    public final List<RenewedMeta> renewed = new ArrayList<>();

    /// Facts of the whole store: rows of `store_info`.
    public final Map<String, String> facts = new LinkedHashMap<>();

    final Map<ThreadRef, Long> threads = new LinkedHashMap<>();
    final Map<CopyRun, List<MetaCopy>> metaCopies = new LinkedHashMap<>();
    final List<NewMessage> messages = new ArrayList<>();
    final Map<MessageKey, NewFlags> flags = new LinkedHashMap<>();
    final List<Gone> gone = new ArrayList<>();
    final List<Logged> log = new ArrayList<>();
    final List<Logged> applied = new ArrayList<>();
    final List<NewKeyword> keywords = new ArrayList<>();
    final List<NewKeywordInSet> keywordSets = new ArrayList<>();
    final List<NamedBox> mailboxes = new ArrayList<>();
    final List<Subscription> subscriptions = new ArrayList<>();
    public final List<NewAccount> accounts = new ArrayList<>();
    public final Map<BoxKey, Long> recent = new LinkedHashMap<>();
    public final RetentionRows retention = new RetentionRows();
    public final SnapshotRows pages = new SnapshotRows();
    public final List<Chore> chores = new ArrayList<>();

    /// What segments say beside what the other rows give: before all that these do.
    public final List<SegmentNote> notes = new ArrayList<>();

    private final Map<MessageKey, Long> plannedBodies = new HashMap<>();

    /// Messages that the group copies, and the message whose row exists before the copies are made.
    private final Map<MessageKey, MessageKey> roots = new HashMap<>();

    /// The octets that come with the group.
    public List<StagedBody> staged() {
        var staged = new LinkedHashSet<StagedBody>();
        bodies.values().forEach(each -> staged.add(each.body()));
        texts.values().forEach(each -> each.text().ifPresent(staged::add));
        return List.copyOf(staged);
    }

    boolean isEmpty() {
        return !mustLast() && recent.isEmpty();
    }

    /// Whether anybody would miss the group after a crash. What is only recent costs nothing when
    /// it is lost, so nobody waits for the disk.
    boolean mustLast() {
        return !(log.isEmpty()
                && accounts.isEmpty()
                && renewed.isEmpty()
                && texts.isEmpty()
                && facts.isEmpty()
                && pages.isEmpty()
                && retention.isEmpty()
                && chores.isEmpty()
                && notes.isEmpty());
    }

    public void add(NewMeta meta) {
        metas.add(meta);
        refer(meta.key(), meta.bodyId());
    }

    /// Makes `target` say what `source` says.
    public void copyMeta(MessageKey source, MessageKey target, long bodyId) {
        var root = roots.getOrDefault(source, source);
        roots.put(target, root);
        var run = new CopyRun(target.account(), root.mailbox(), target.mailbox());
        metaCopies
                .computeIfAbsent(run, _ -> new ArrayList<>())
                .add(new MetaCopy(root.uid(), target.uid()));
        refer(target, bodyId);
    }

    OptionalLong plannedBody(MessageKey message) {
        var body = plannedBodies.get(message);
        return body == null ? OptionalLong.empty() : OptionalLong.of(body);
    }

    private void refer(MessageKey message, long bodyId) {
        plannedBodies.put(message, bodyId);
        bodyRefs.merge(new BodyKey(message.account(), bodyId), 1, Integer::sum);
    }
}
