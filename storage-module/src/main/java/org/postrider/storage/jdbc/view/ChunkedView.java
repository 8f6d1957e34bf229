package org.postrider.storage.jdbc.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.Change.Masked;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.ModSeq;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;

/// A view as a list of chunks. A change copies the chunks it touches and shares the others, so the
/// view after one change of a large mailbox costs microseconds.
public final class ChunkedView implements MailboxView {

    /// Neighbours that together have no more messages than this become one chunk when one of them
    /// lost some, so that there are never many more chunks than messages need.
    private static final int SPARSE = Chunk.MOST / 2;

    private final int account;
    private final int number;
    private final long uidValidity;
    private final long uidNext;
    private final long highestModSeq;
    private final boolean deleted;
    private final KeywordBits keywords;
    private final FlagTable table;
    private final PageMap pages;
    private final Chunk[] chunks;

    /// How many messages are before each chunk; one entry more than there are chunks.
    private final int[] starts;

    private @Nullable RestingView resting;

    private ChunkedView(
            ChunkedView base,
            long uidNext,
            long highestModSeq,
            boolean deleted,
            KeywordBits keywords) {
        this.account = base.account;
        this.number = base.number;
        this.uidValidity = base.uidValidity;
        this.uidNext = uidNext;
        this.highestModSeq = highestModSeq;
        this.deleted = deleted;
        this.keywords = keywords;
        this.table = base.table;
        this.pages = base.pages;
        this.chunks = base.chunks;
        this.starts = base.starts;
    }

    private ChunkedView(ChunkedView base, Chunk[] chunks) {
        this.account = base.account;
        this.number = base.number;
        this.uidValidity = base.uidValidity;
        this.uidNext = base.uidNext;
        this.highestModSeq = base.highestModSeq;
        this.deleted = base.deleted;
        this.keywords = base.keywords;
        this.table = base.table;
        this.pages = base.pages;
        this.chunks = chunks;
        this.starts = new int[chunks.length + 1];
        for (int i = 0; i < chunks.length; i++) {
            starts[i + 1] = starts[i] + chunks[i].count;
        }
    }

    private ChunkedView(MailboxState state) {
        this.account = state.account();
        this.number = state.number();
        this.uidValidity = state.uidValidity();
        this.uidNext = 1;
        this.highestModSeq = state.highestModSeq();
        this.deleted = false;
        this.keywords = state.keywords();
        this.table = new FlagTable();
        this.pages = new PageMap();
        this.chunks = new Chunk[0];
        this.starts = new int[1];
    }

    /// An empty mailbox.
    public static ChunkedView empty(MailboxState state) {
        return new ChunkedView(state);
    }

    /// This view with the figures and keywords that its mailbox has now.
    public ChunkedView at(MailboxState state) {
        return new ChunkedView(
                this, state.uidNext(), state.highestModSeq(), deleted, state.keywords());
    }

    /// This view of a mailbox that is there no more.
    public ChunkedView closed(long modSeq) {
        return new ChunkedView(this, uidNext, modSeq, true, keywords);
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
        return chunks[chunk].flags(index - starts[chunk], table, keywords);
    }

    /// The bits of `message.flags`.
    public long mask(int index) {
        int chunk = chunkOf(index);
        return chunks[chunk].mask(index - starts[chunk]);
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
    public MessageRow row(int index) {
        int chunk = chunkOf(index);
        return chunks[chunk].row(index - starts[chunk]);
    }

    @Override
    public int indexOf(long uid) {
        int index = firstFrom(uid);
        return index < size() && uid(index) == uid ? index : -1;
    }

    @Override
    public int firstFrom(long uid) {
        int chunk = chunkFrom(uid);
        return chunk == chunks.length ? size() : starts[chunk] + chunks[chunk].firstFrom(uid);
    }

    /// The first chunk that has this UID or a higher one; [#chunkCount] when there is none.
    private int chunkFrom(long uid) {
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
        return low;
    }

    /// Hands over the index of each of these messages that is there, in UID order.
    public void forEach(UidSet uids, IntConsumer consumer) {
        forEachRun(
                uids,
                (chunk, from, to) -> {
                    for (int at = from; at < to; at++) {
                        consumer.accept(starts[chunk] + at);
                    }
                });
    }

    /// Takes messages of a chunk that follow each other.
    @FunctionalInterface
    interface RunConsumer {
        /// @param from position in the chunk of the first
        /// @param to position behind the last
        void accept(int chunk, int from, int to);
    }

    /// Hands over those of these messages that are there, in UID order, as many at once as lie in
    /// one chunk and are named by one range.
    void forEachRun(UidSet uids, RunConsumer consumer) {
        int i = 0;
        int start = 0;
        for (var range : uids.ranges()) {
            if (i < chunks.length && chunks[i].lastUid() < range.first()) {
                i = chunkFrom(range.first());
                start = 0;
            }
            while (i < chunks.length && chunks[i].firstUid() <= range.last()) {
                var chunk = chunks[i];
                int from = chunk.firstFrom(start, range.first());
                int to = chunk.firstFrom(from, range.last() + 1);
                if (from < to) {
                    consumer.accept(i, from, to);
                }
                start = to;
                if (to < chunk.count) {
                    break;
                }
                i++;
                start = 0;
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
                return starts[i] + chunks[i].firstUnseen();
            }
        }
        return -1;
    }

    @Override
    public Difference since(MailboxView earlier) {
        return earlier instanceof RestingView resting
                ? RestingDifference.between(resting, this)
                : ViewDifference.between((ChunkedView) earlier, this);
    }

    /// Shared by all who rest with this view.
    @Override
    public MailboxView resting() {
        var known = resting;
        if (known == null) {
            known = RestingView.of(this);
            resting = known;
        }
        return known;
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

    /// What all versions of this view know of its pages.
    public PageMap pages() {
        return pages;
    }

    public int chunkCount() {
        return chunks.length;
    }

    public Chunk chunk(int at) {
        return chunks[at];
    }

    /// What it needs in memory, about, with what it shares with others.
    public long octets() {
        long octets = 128 + 8L * chunks.length;
        for (var chunk : chunks) {
            octets += chunk.octets();
        }
        return octets;
    }

    // ---- changing

    /// This view with more messages at its end.
    public ChunkedView appending(List<MessageRow> messages, long modSeq) {
        var all = new ArrayList<>(Arrays.asList(chunks));
        for (var message : messages) {
            if (all.isEmpty() || all.getLast().full()) {
                all.add(Chunk.empty());
            }
            all.set(all.size() - 1, all.getLast().with(message, modSeq));
        }
        return new ChunkedView(this, all.toArray(Chunk[]::new));
    }

    /// This view with other flags on messages that it has.
    ///
    /// @param groups the flags, and which messages get them; a message that is named twice has what
    ///   the later group says
    public ChunkedView flagging(List<Masked> groups, long modSeq) {
        var changes = new Chunk.@Nullable Flagging[chunks.length];
        for (var group : groups) {
            forEachRun(
                    group.uids(),
                    (chunk, from, to) -> {
                        var change = changes[chunk];
                        if (change == null) {
                            change = chunks[chunk].flagging();
                            changes[chunk] = change;
                        }
                        change.set(from, to, group.flags(), modSeq);
                    });
        }
        var changed = chunks.clone();
        for (int i = 0; i < changed.length; i++) {
            var change = changes[i];
            changed[i] = change == null ? changed[i] : change.done();
        }
        return new ChunkedView(this, changed);
    }

    /// This view without some of its messages.
    public ChunkedView without(UidSet uids) {
        var gone = new boolean @Nullable [chunks.length][];
        forEachRun(
                uids,
                (chunk, from, to) -> {
                    var positions = gone[chunk];
                    if (positions == null) {
                        positions = new boolean[chunks[chunk].count];
                        gone[chunk] = positions;
                    }
                    Arrays.fill(positions, from, to, true);
                });
        var left = new ArrayList<Chunk>(chunks.length);
        boolean lastChanged = false;
        for (int i = 0; i < chunks.length; i++) {
            var positions = gone[i];
            var chunk = positions == null ? chunks[i] : chunks[i].without(positions);
            if (chunk.count == 0) {
                lastChanged = true;
                continue;
            }
            boolean changed = positions != null || lastChanged;
            if (changed && !left.isEmpty() && left.getLast().count + chunk.count <= SPARSE) {
                left.set(left.size() - 1, Chunk.merged(left.getLast(), chunk));
            } else {
                left.add(chunk);
                lastChanged = positions != null;
            }
        }
        return new ChunkedView(this, left.toArray(Chunk[]::new));
    }

    /// This view, which has no messages, with those of some chunks.
    ChunkedView filled(List<Chunk> full) {
        return new ChunkedView(this, full.toArray(Chunk[]::new));
    }

    /// Makes a view of messages that come in UID order.
    public static final class Builder {
        private final ChunkedView base;
        private final List<Chunk> chunks = new ArrayList<>();
        private final long[] dates = new long[Chunk.MOST];
        private final long[] masks = new long[Chunk.MOST];
        private final long[] modSeqs = new long[Chunk.MOST];
        private int[] uids = new int[Chunk.MOST];
        private int[] sizes = new int[Chunk.MOST];
        private int count;

        /// @param base without messages
        public Builder(ChunkedView base) {
            this.base = base;
        }

        void add(MessageRow message, long modSeq) {
            add(message.uid(), message.flags(), message.size(), message.date(), modSeq);
        }

        public void add(long uid, long mask, int size, long date, long modSeq) {
            uids[count] = (int) uid;
            masks[count] = mask;
            sizes[count] = size;
            dates[count] = date;
            modSeqs[count] = modSeq;
            if (++count == Chunk.MOST) {
                flush();
                uids = new int[Chunk.MOST];
                sizes = new int[Chunk.MOST];
            }
        }

        private void flush() {
            if (count > 0) {
                chunks.add(Chunk.of(uids, sizes, dates, masks, modSeqs, count));
                count = 0;
            }
        }

        public ChunkedView done() {
            flush();
            return base.filled(chunks);
        }
    }
}
