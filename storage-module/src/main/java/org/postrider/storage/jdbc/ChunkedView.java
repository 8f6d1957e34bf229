package org.postrider.storage.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.ModSeq;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;

/// A view as a list of chunks. A change copies the chunks it touches and shares the others, so the
/// view after one change of a large mailbox costs microseconds.
final class ChunkedView implements MailboxView {

    private final int account;
    private final int number;
    private final long uidValidity;
    private final long uidNext;
    private final long highestModSeq;
    private final boolean deleted;
    private final KeywordBits keywords;
    private final FlagDictionary dictionary;
    private final Chunk[] chunks;

    /// How many messages are before each chunk; one entry more than there are chunks.
    private final int[] starts;

    private ChunkedView(
            int account,
            int number,
            long uidValidity,
            long uidNext,
            long highestModSeq,
            boolean deleted,
            KeywordBits keywords,
            FlagDictionary dictionary,
            List<Chunk> chunks) {
        this.account = account;
        this.number = number;
        this.uidValidity = uidValidity;
        this.uidNext = uidNext;
        this.highestModSeq = highestModSeq;
        this.deleted = deleted;
        this.keywords = keywords;
        this.dictionary = dictionary;
        this.chunks = chunks.toArray(Chunk[]::new);
        this.starts = new int[this.chunks.length + 1];
        for (int i = 0; i < this.chunks.length; i++) {
            starts[i + 1] = starts[i] + this.chunks[i].count;
        }
    }

    /// An empty mailbox.
    static ChunkedView empty(MailboxState state) {
        return new ChunkedView(
                state.account(),
                state.number(),
                state.uidValidity(),
                1,
                state.highestModSeq(),
                false,
                state.keywords(),
                new FlagDictionary(),
                List.of());
    }

    /// This view with the figures and keywords that its mailbox has now.
    ChunkedView at(MailboxState state) {
        return new ChunkedView(
                account,
                number,
                uidValidity,
                state.uidNext(),
                state.highestModSeq(),
                deleted,
                state.keywords(),
                dictionary,
                List.of(chunks));
    }

    /// This view of a mailbox that is there no more.
    ChunkedView closed(long modSeq) {
        return new ChunkedView(
                account,
                number,
                uidValidity,
                uidNext,
                modSeq,
                true,
                keywords,
                dictionary,
                List.of(chunks));
    }

    /// This view of a mailbox that met more keywords.
    ChunkedView knowing(KeywordBits more) {
        return new ChunkedView(
                account,
                number,
                uidValidity,
                uidNext,
                highestModSeq,
                deleted,
                more,
                dictionary,
                List.of(chunks));
    }

    private ChunkedView with(FlagDictionary words, List<Chunk> newChunks) {
        return new ChunkedView(
                account,
                number,
                uidValidity,
                uidNext,
                highestModSeq,
                deleted,
                keywords,
                words,
                newChunks);
    }

    // ---- reading

    @Override
    public MailboxId mailbox() {
        return new MailboxId(new AccountId(account), number);
    }

    @Override
    public UidValidity uidValidity() {
        return new UidValidity(uidValidity);
    }

    @Override
    public long uidNext() {
        return uidNext;
    }

    @Override
    public ModSeq highestModSeq() {
        return new ModSeq(highestModSeq);
    }

    @Override
    public boolean deleted() {
        return deleted;
    }

    @Override
    public int size() {
        return starts[chunks.length];
    }

    @Override
    public long uid(int index) {
        int chunk = chunkOf(index);
        return chunks[chunk].uid(index - starts[chunk]);
    }

    @Override
    public Flags flags(int index) {
        int chunk = chunkOf(index);
        return dictionary.flags(chunks[chunk].flags(index - starts[chunk]));
    }

    /// The bits of `message.flags`.
    long mask(int index) {
        int chunk = chunkOf(index);
        return dictionary.mask(chunks[chunk].flags(index - starts[chunk]));
    }

    @Override
    public long octets(int index) {
        int chunk = chunkOf(index);
        return chunks[chunk].size(index - starts[chunk]);
    }

    @Override
    public Instant internalDate(int index) {
        int chunk = chunkOf(index);
        return Instant.ofEpochMilli(chunks[chunk].date(index - starts[chunk]));
    }

    @Override
    public ModSeq modSeq(int index) {
        int chunk = chunkOf(index);
        return new ModSeq(chunks[chunk].modSeq(index - starts[chunk]));
    }

    /// What the row of the message says.
    MessageRow row(int index) {
        int at = chunkOf(index);
        var chunk = chunks[at];
        int within = index - starts[at];
        return new MessageRow(
                chunk.uid(within),
                dictionary.mask(chunk.flags(within)),
                chunk.size(within),
                chunk.date(within));
    }

    @Override
    public int indexOf(long uid) {
        int index = firstFrom(uid);
        return index < size() && uid(index) == uid ? index : -1;
    }

    @Override
    public int firstFrom(long uid) {
        int low = 0;
        int high = chunks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunks[middle].lastUid() < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == chunks.length ? size() : starts[low] + chunks[low].firstFrom(uid);
    }

    /// Hands over the index of each of these messages that is there, in UID order.
    void forEach(UidSet uids, IntConsumer consumer) {
        for (var range : uids.ranges()) {
            int index = firstFrom(range.first());
            for (; index < size() && uid(index) <= range.last(); index++) {
                consumer.accept(index);
            }
        }
    }

    @Override
    public List<String> keywords() {
        return keywords.names();
    }

    KeywordBits keywordBits() {
        return keywords;
    }

    @Override
    public int unseen() {
        int unseen = 0;
        for (var chunk : chunks) {
            unseen += chunk.unseen;
        }
        return unseen;
    }

    @Override
    public int firstUnseen() {
        for (int i = 0; i < chunks.length; i++) {
            if (chunks[i].unseen > 0) {
                for (int at = 0; at < chunks[i].count; at++) {
                    if ((dictionary.mask(chunks[i].flags(at)) & KeywordBits.SEEN) == 0) {
                        return starts[i] + at;
                    }
                }
            }
        }
        return -1;
    }

    @Override
    public Difference since(MailboxView earlier) {
        return ViewDifference.between((ChunkedView) earlier, this);
    }

    private int chunkOf(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        int low = 0;
        int high = chunks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    int chunkCount() {
        return chunks.length;
    }

    Chunk chunk(int at) {
        return chunks[at];
    }

    long maskIn(Chunk chunk, int at) {
        return dictionary.mask(chunk.flags(at));
    }

    // ---- changing

    /// This view with more messages at its end.
    ChunkedView appending(List<MessageRow> messages, long modSeq) {
        var builder = new Builder(withRoom());
        messages.forEach(message -> builder.add(message, modSeq));
        return builder.done();
    }

    /// This view with other flags on messages that it has.
    ChunkedView flagging(UidSet uids, long mask, long modSeq) {
        var room = withRoom();
        var words = room.dictionary;
        int index = words.index(mask, keywords);
        boolean seen = (mask & KeywordBits.SEEN) != 0;
        var changed = new ArrayList<>(List.of(room.chunks));
        for (int i = 0; i < changed.size(); i++) {
            var chunk = changed.get(i);
            var flagging = (Chunk.@org.jspecify.annotations.Nullable Flagging) null;
            for (int at : chunk.positions(uids)) {
                flagging = flagging == null ? chunk.flagging() : flagging;
                boolean wasSeen = (words.mask(chunk.flags(at)) & KeywordBits.SEEN) != 0;
                flagging.set(at, wasSeen, index, seen, modSeq);
            }
            if (flagging != null) {
                changed.set(i, flagging.done());
            }
        }
        return with(words, changed);
    }

    /// This view without some of its messages.
    ChunkedView without(UidSet uids) {
        var left = new ArrayList<Chunk>(chunks.length);
        for (var chunk : chunks) {
            var positions = chunk.positions(uids);
            if (positions.length == 0) {
                left.add(chunk);
            } else if (positions.length < chunk.count) {
                var gone = new boolean[chunk.count];
                int unseen = 0;
                for (int at : positions) {
                    gone[at] = true;
                    unseen += (maskIn(chunk, at) & KeywordBits.SEEN) == 0 ? 1 : 0;
                }
                left.add(chunk.without(gone, unseen));
            }
        }
        return with(dictionary, left);
    }

    /// This view, with room in the dictionary: when it is full, one with only what is in use.
    private ChunkedView withRoom() {
        if (!dictionary.full()) {
            return this;
        }
        var builder = new Builder(with(new FlagDictionary(), List.of()));
        for (int i = 0; i < size(); i++) {
            builder.add(row(i), modSeq(i).value());
        }
        return builder.done();
    }

    /// Adds messages in UID order to a view.
    static final class Builder {
        private final ChunkedView base;
        private final List<Chunk> chunks;

        Builder(ChunkedView base) {
            this.base = base;
            this.chunks = new ArrayList<>(List.of(base.chunks));
        }

        void add(MessageRow message, long modSeq) {
            int index = base.dictionary.index(message.flags(), base.keywords);
            if (chunks.isEmpty() || chunks.getLast().full()) {
                chunks.add(Chunk.empty());
            }
            chunks.set(chunks.size() - 1, chunks.getLast().with(message, index, modSeq));
        }

        ChunkedView done() {
            return base.with(base.dictionary, chunks);
        }
    }
}
