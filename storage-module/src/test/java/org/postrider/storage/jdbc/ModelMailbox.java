package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxStatus;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;

/// A mailbox of a [ModelAccount], live or deleted: maps, and nothing that is clever.
final class ModelMailbox {

    /// A message.
    ///
    /// @param number which of [HistoryMail]
    /// @param trace what was put in front for its recipient
    /// @param date INTERNALDATE, milliseconds since 1970
    /// @param saved SAVEDATE, milliseconds since 1970
    record Message(
            int number,
            String trace,
            long octets,
            Flags flags,
            long date,
            long modSeq,
            long saved) {

        Message with(Flags changed, long at) {
            return new Message(number, trace, octets, changed, date, at, saved);
        }

        /// This message as it comes to another place.
        Message arriving(Flags there, long at, long now) {
            return new Message(number, trace, octets, there, date, at, now);
        }
    }

    /// A message that is gone.
    ///
    /// @param modSeq of its removal
    /// @param at when it was removed, milliseconds since 1970
    /// @param origin [Change.Origin#MOVE] when it lives elsewhere
    record Tombstone(Message message, long modSeq, long at, Change.Origin origin) {

        boolean isRecoverable() {
            return origin != Change.Origin.MOVE;
        }
    }

    final MailboxId id;
    final long uidValidity;
    String name;
    SpecialUse use;
    long uidNext = 1;
    long highestModSeq;
    boolean deleted;
    long deletedAt;
    final TreeMap<Long, Message> messages = new TreeMap<>();
    final TreeMap<Long, Tombstone> tombstones = new TreeMap<>();
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    ModelMailbox(MailboxId id, String name, long uidValidity, SpecialUse use, long modSeq) {
        this.id = id;
        this.name = name;
        this.uidValidity = uidValidity;
        this.use = use;
        this.highestModSeq = modSeq;
    }

    MailboxEntry entry() {
        return new MailboxEntry(id, new MailboxName(name), new UidValidity(uidValidity), use);
    }

    long octets() {
        return messages.values().stream().mapToLong(Message::octets).sum();
    }

    Message message(long uid) {
        return known(messages.get(uid), uid);
    }

    Tombstone tombstone(long uid) {
        return known(tombstones.get(uid), uid);
    }

    /// A message that goes.
    Message take(long uid) {
        return known(messages.remove(uid), uid);
    }

    private <T> T known(@Nullable T found, long uid) {
        return Optional.ofNullable(found)
                .orElseThrow(() -> new AssertionError("no UID " + uid + " in " + this));
    }

    List<Message> messages(UidSet uids) {
        var found = new ArrayList<Message>();
        uids.forEach(uid -> found.add(message(uid)));
        return found;
    }

    /// What can be brought back; when the mailbox is deleted, that is all it had.
    NavigableMap<Long, Tombstone> recoverable() {
        var found = new TreeMap<>(tombstones);
        found.values().removeIf(each -> !each.isRecoverable());
        if (deleted) {
            messages.forEach((uid, message) -> found.put(uid, deleted(message)));
        }
        return found;
    }

    private Tombstone deleted(Message message) {
        return new Tombstone(message, highestModSeq, deletedAt, Change.Origin.MAILBOX);
    }

    /// Meets the keywords it does not know.
    void meet(Flags flags) {
        for (var word : flags.keywords()) {
            if (spelling.putIfAbsent(word, word) == null) {
                words.add(word);
            }
        }
    }

    /// Flags with the keywords as the mailbox spells those that it knows.
    Flags spelled(Flags flags) {
        return new Flags(
                flags.system(),
                flags.keywords().stream().map(word -> spelling.getOrDefault(word, word)).toList());
    }

    /// Those that are there.
    UidSet there(UidSet uids) {
        return set(messages.keySet().stream().filter(uids::contains).toList());
    }

    static UidSet set(List<Long> uids) {
        return UidSet.of(uids.stream().mapToLong(Long::longValue).toArray());
    }

    /// Puts messages at the end.
    UidSet arrive(List<Message> more, long modSeq, long now) {
        var uids = new ArrayList<Long>();
        for (var each : more) {
            meet(each.flags());
            messages.put(uidNext, each.arriving(spelled(each.flags()), modSeq, now));
            uids.add(uidNext++);
            highestModSeq = modSeq;
        }
        return set(uids);
    }

    void expunge(UidSet uids, Change.Origin origin, long modSeq, long now) {
        uids.forEach(uid -> {
            tombstones.put(uid, new Tombstone(take(uid), modSeq, now, origin));
            highestModSeq = modSeq;
        });
    }

    private long count(SystemFlag flag, boolean has) {
        return messages.values().stream()
                .filter(message -> message.flags().has(flag) == has)
                .count();
    }

    /// This mailbox at this moment is what a session saw.
    void assertShows(MailboxView view) {
        var uids = new ArrayList<Long>();
        for (int i = 0; i < view.size(); i++) {
            uids.add(view.uid(i));
        }
        assertThat(uids).isEqualTo(List.copyOf(messages.keySet()));
        assertThat(view.uidNext()).isEqualTo(uidNext);
        assertThat(view.uidValidity().value()).isEqualTo(uidValidity);
        assertThat(view.highestModSeq().value()).isEqualTo(highestModSeq);
        assertThat(view.deleted()).isEqualTo(deleted);
        assertThat(view.unseen()).isEqualTo((int) count(SystemFlag.SEEN, false));
        assertThat(view.keywords()).isEqualTo(words);
        int firstUnseen = -1;
        for (int i = uids.size() - 1; i >= 0; i--) {
            var message = message(uids.get(i));
            assertThat(view.flags(i)).as("flags of UID %d", uids.get(i)).isEqualTo(message.flags());
            assertThat(view.modSeq(i).value())
                    .as("MODSEQ of UID %d", uids.get(i))
                    .isEqualTo(message.modSeq());
            assertThat(view.octets(i)).isEqualTo(message.octets());
            assertThat(view.internalDate(i).toEpochMilli()).isEqualTo(message.date());
            firstUnseen = message.flags().has(SystemFlag.SEEN) ? firstUnseen : i;
        }
        assertThat(view.firstUnseen()).isEqualTo(firstUnseen);
    }

    /// This mailbox at this moment has the figures that a session was told.
    void assertHas(MailboxStatus status) {
        assertThat(status.messages()).isEqualTo(messages.size());
        assertThat(status.unseen()).isEqualTo((int) count(SystemFlag.SEEN, false));
        assertThat(status.deleted()).isEqualTo((int) count(SystemFlag.DELETED, true));
        assertThat(status.octets()).isEqualTo(octets());
        assertThat(status.uidNext()).isEqualTo(uidNext);
        assertThat(status.uidValidity().value()).isEqualTo(uidValidity);
        assertThat(status.highestModSeq().value()).isEqualTo(highestModSeq);
    }

    @Override
    public String toString() {
        return name + " (mailbox " + id.account().value() + "/" + id.number() + ")";
    }
}
