package org.postrider.storage.jdbc.group;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;

/// What a group takes away for good, what it makes of deleted mailboxes, and what it has brought
/// back.
public final class RetentionRows {

    /// A message of a deleted mailbox that becomes one that can be brought back.
    ///
    /// @param modSeq of the deletion
    /// @param at when the mailbox was deleted
    public record Reaped(MessageKey key, long modSeq, MessageRow row, long at) {}

    /// The beginning of a change log that goes.
    ///
    /// @param floor the last MODSEQ that goes
    /// @param expunges the MODSEQ of the last expunge that goes, by mailbox
    /// @param mailboxes deleted ones that nothing speaks of any more
    public record LogCut(
            int account, long floor, Map<Integer, Long> expunges, List<Integer> mailboxes) {}

    /// The tombstones that go, and the bodies that they name.
    public final Map<MessageKey, GroupRows.BodyKey> purged = new LinkedHashMap<>();

    /// The tombstones of messages that live again.
    public final Set<MessageKey> broughtBack = new LinkedHashSet<>();

    public final List<Reaped> reaped = new ArrayList<>();
    public final Set<GroupRows.BoxKey> reapedBoxes = new HashSet<>();
    public final Map<Integer, LogCut> cuts = new LinkedHashMap<>();

    /// Identifiers of threads of which no message is left.
    final Set<GroupRows.ThreadRef> forgottenRefs = new LinkedHashSet<>();

    /// Sets of keywords that nothing names any more, by their numbers.
    final Map<GroupRows.BoxKey, Set<Integer>> forgottenSets = new LinkedHashMap<>();

    boolean isEmpty() {
        return purged.isEmpty()
                && broughtBack.isEmpty()
                && reaped.isEmpty()
                && cuts.isEmpty()
                && forgottenRefs.isEmpty()
                && forgottenSets.isEmpty();
    }

    /// Whether the group does something with this tombstone already.
    public boolean has(MessageKey tombstone) {
        return purged.containsKey(tombstone) || broughtBack.contains(tombstone);
    }
}
