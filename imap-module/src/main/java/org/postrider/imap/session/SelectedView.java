package org.postrider.imap.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.function.LongConsumer;
import org.postrider.imap.session.IndexSet.Span;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.imap.wire.Numbering;
import org.postrider.imap.wire.SequenceSet;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// The selected mailbox as this client knows it.
///
/// Two views: `shown` gives the numbers, and moves on only when the client is told of what moves
/// them; `latest` gives the flags. Mostly they are one. They differ while an expunge may not be
/// told yet (RFC 3501 §7.4.1) although flags already can.
public final class SelectedView implements AutoCloseable {

    private final MailboxFeed feed;
    private final Mailboxes mailboxes;
    private final boolean readOnly;
    private MailboxView shown;
    private MailboxView latest;
    private UidSet recent;

    /// The session only waits: both views are at rest.
    private boolean resting;

    private SelectedView(Mailboxes mailboxes, MailboxFeed feed, boolean readOnly) {
        this.feed = feed;
        this.mailboxes = mailboxes;
        this.readOnly = readOnly;
        this.shown = feed.current();
        this.latest = shown;
        this.recent = UidSet.EMPTY;
    }

    /// A mailbox opened by SELECT: this session is told of its recent messages, and no other.
    public static SelectedView select(Mailboxes mailboxes, MailboxFeed feed) {
        var view = new SelectedView(mailboxes, feed, false);
        view.recent = view.claimed(view.shown);
        return view;
    }

    /// A mailbox opened by EXAMINE: recent messages stay recent for another session.
    ///
    /// @param recents how many of the last messages are recent
    public static SelectedView examine(Mailboxes mailboxes, MailboxFeed feed, int recents) {
        var view = new SelectedView(mailboxes, feed, true);
        int size = view.size();
        if (recents > 0 && size > 0) {
            var first = view.shown.uid(Math.max(0, size - recents));
            view.recent = UidSet.range(first, view.shown.uid(size - 1));
        }
        return view;
    }

    public MailboxId mailbox() {
        return shown.mailbox();
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /// The messages and their numbers, as the client was told of them last.
    public MailboxView shown() {
        return shown;
    }

    public int size() {
        return shown.size();
    }

    public Flags flags(int index) {
        if (shown.equals(latest)) {
            return shown.flags(index);
        }
        int now = latest.indexOf(shown.uid(index));
        return now < 0 ? shown.flags(index) : latest.flags(now);
    }

    public boolean isRecent(int index) {
        return recent.contains(shown.uid(index));
    }

    /// The messages that are recent to this session.
    public UidSet recent() {
        return recent;
    }

    /// Looks for messages among those that the client knows of, by the flags that it was told last.
    ///
    /// @return their indexes
    public BitSet search(Messages messages, Criterion what) {
        var found = new BitSet(size());
        LongConsumer take = uid -> found.set(shown.indexOf(uid));
        var all = uids(all());
        if (shown.equals(latest)) {
            messages.search(shown, all, what, take);
        } else {
            messages.search(latest, all, what, take);
            messages.search(shown, latest.since(shown).expunged(), what, take);
        }
        return found;
    }

    /// How many messages are recent to this session.
    public int recents() {
        int count = 0;
        for (var range : recent.ranges()) {
            count += shown.firstFrom(range.last() + 1) - shown.firstFrom(range.first());
        }
        return count;
    }

    /// Whether the mailbox was deleted by somebody.
    boolean isGone() {
        return feed.current().deleted();
    }

    public IndexSet all() {
        return IndexSet.all(shown);
    }

    public UidSet uids(IndexSet messages) {
        return messages.uids(shown);
    }

    /// The UIDs of those messages that have not this flag.
    public UidSet without(SystemFlag flag, IndexSet messages) throws IOException {
        var ranges = new ArrayList<UidSet.Range>();
        messages.forEach(index -> {
            if (!flags(index).has(flag)) {
                long uid = shown.uid(index);
                ranges.add(new UidSet.Range(uid, uid));
            }
        });
        return new UidSet(ranges);
    }

    /// The messages that a set names. A UID that is not there is passed over; a sequence number
    /// that is not there is a mistake of the client's, but `*` in an empty mailbox is only nobody.
    public IndexSet resolve(SequenceSet set, Numbering numbering) throws SyntaxError {
        return switch (numbering) {
            case SEQUENCE -> byNumber(set);
            case UID -> byUid(set);
        };
    }

    private IndexSet byNumber(SequenceSet set) throws SyntaxError {
        var spans = new ArrayList<Span>(set.ranges().size());
        int size = shown.size();
        for (var range : set.ranges()) {
            if (size > 0 || !range.hasStar()) {
                long from = range.from(size);
                long to = range.to(size);
                if (to > size) {
                    throw new SyntaxError("No message has this number");
                }
                spans.add(new Span((int) from - 1, (int) to));
            }
        }
        return new IndexSet(spans);
    }

    private IndexSet byUid(SequenceSet set) {
        var spans = new ArrayList<Span>(set.ranges().size());
        int size = shown.size();
        long last = size == 0 ? 0 : shown.uid(size - 1);
        for (var range : set.ranges()) {
            int from = shown.firstFrom(Math.max(1, range.from(last)));
            int to = shown.firstFrom(range.to(last) + 1);
            if (from < to) {
                spans.add(new Span(from, to));
            }
        }
        return new IndexSet(spans);
    }

    /// Tells the client what others did since it was told last.
    ///
    /// @param holdNumbers an expunge must not be told now; it, and new messages after it, will be
    ///   told another time
    public void tell(ImapWriter out, boolean holdNumbers) throws IOException {
        tellOthers(out, holdNumbers, UidSet.EMPTY);
    }

    /// As [#tell], but for flags of messages that the running command tells of itself.
    public void tellOthers(ImapWriter out, boolean holdNumbers, UidSet own) throws IOException {
        var newest = feed.current();
        if (newest.equals(latest) && newest.equals(shown)) {
            return;
        }
        var changed = newest.since(latest).changed();
        var since = newest.since(shown);
        boolean held = holdNumbers && !since.expunged().isEmpty();
        boolean arrived = !held && !since.appended().isEmpty();
        var claimed = arrived && !readOnly ? claimed(newest) : UidSet.EMPTY;
        tellKeywords(out, newest);
        latest = newest;
        if (!held) {
            tellExpunged(out, since.expunged());
            shown = newest;
            feed.shows(shown);
            recent = recent.plus(claimed);
        }
        if (arrived) {
            out.text("* ").number(shown.size()).text(" EXISTS").crlf();
            out.text("* ").number(recents()).text(" RECENT").crlf();
        }
        tellFlags(out, changed, own);
        if (resting) {
            shrink();
        }
    }

    /// From now on the session only waits; it has told all it knows.
    void rest() {
        resting = true;
        shrink();
    }

    private void shrink() {
        shown = shown.resting();
        latest = shown;
        feed.rests(shown);
    }

    /// The session does more than wait again. It must tell what is new before anything else: only
    /// then it knows whole views.
    void resume() {
        if (resting) {
            resting = false;
            feed.resume();
            feed.current(); // fails now if it cannot be had
        }
    }

    /// Moves on after this session's own STORE, and tells of it.
    ///
    /// @param stored the messages that were named
    /// @param silent whether the client wants to be told only of what it cannot know: that somebody
    ///   else changed the same message
    /// @param numbering whether the answer must name the UIDs
    public void tellStored(
            ImapWriter out, IndexSet stored, FlagChange change, boolean silent, Numbering numbering)
            throws IOException {
        var before = new Flags[silent ? stored.size() : 0];
        if (silent) {
            int[] at = {0};
            stored.forEach(index -> before[at[0]++] = flags(index));
        }
        boolean withUid = numbering == Numbering.UID;
        var uids = uids(stored);
        tellOthers(out, true, uids);
        var text = new FlagsText();
        var expected = new IdentityHashMap<Flags, Flags>();
        int[] at = {0};
        stored.forEach(index -> {
            boolean known =
                    silent
                            && expected.computeIfAbsent(before[at[0]++], change::applyTo)
                                    .equals(flags(index));
            if (!known) {
                tellFlags(out, index, text, withUid);
            }
        });
    }

    @Override
    public void close() {
        feed.close();
    }

    /// The messages of a view that are recent to this session from now on.
    private UidSet claimed(MailboxView view) {
        long first = mailboxes.claimRecent(view);
        int from = view.firstFrom(Math.max(1, first));
        int size = view.size();
        return from < size ? UidSet.range(view.uid(from), view.uid(size - 1)) : UidSet.EMPTY;
    }

    private void tellKeywords(ImapWriter out, MailboxView newest) throws IOException {
        if (newest.keywords().size() != latest.keywords().size()) {
            tellKeywords(out, newest, readOnly);
        }
    }

    /// The flags of the mailbox (RFC 3501 §7.2.6), and which of them a client can change.
    public static void tellKeywords(ImapWriter out, MailboxView view, boolean readOnly)
            throws IOException {
        out.text("* FLAGS ").text(FlagsText.list(view.keywords(), false)).crlf();
        var permanent = readOnly ? "()" : FlagsText.list(view.keywords(), true);
        out.untagged(
                ImapStatus.ok(
                        "PERMANENTFLAGS " + permanent,
                        readOnly ? "No flag can be changed" : "Flags are kept"));
    }

    private void tellExpunged(ImapWriter out, UidSet expunged) throws IOException {
        int gone = 0;
        for (var range : expunged.ranges()) {
            int to = shown.firstFrom(range.last() + 1);
            for (int index = shown.firstFrom(range.first()); index < to; index++) {
                out.text("* ").number(index + 1 - gone++).text(" EXPUNGE").crlf();
            }
        }
    }

    private void tellFlags(ImapWriter out, UidSet changed, UidSet own) throws IOException {
        var text = new FlagsText();
        for (var range : changed.ranges()) {
            int to = shown.firstFrom(range.last() + 1);
            for (int index = shown.firstFrom(range.first()); index < to; index++) {
                if (!own.contains(shown.uid(index))) {
                    tellFlags(out, index, text, true);
                }
            }
        }
    }

    private void tellFlags(ImapWriter out, int index, FlagsText text, boolean withUid)
            throws IOException {
        out.text("* ").number(index + 1).text(" FETCH (");
        if (withUid) {
            out.text("UID ").number(shown.uid(index)).space();
        }
        text.write(out, flags(index), isRecent(index));
        out.octet(')').crlf();
    }
}
