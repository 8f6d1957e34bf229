package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Backlog;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.Change.Added;
import org.postrider.storage.jdbc.account.Change.Copied;
import org.postrider.storage.jdbc.account.Change.Expunged;
import org.postrider.storage.jdbc.account.Change.FlagsSet;
import org.postrider.storage.jdbc.account.Change.KeywordMet;
import org.postrider.storage.jdbc.account.Change.KeywordSetsMet;
import org.postrider.storage.jdbc.account.Change.Named;
import org.postrider.storage.jdbc.account.Change.Origin;
import org.postrider.storage.jdbc.account.Change.QuotaSet;
import org.postrider.storage.jdbc.account.Change.Subscribed;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.KeywordSet;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.view.AccountLoader;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.Reflagging;
import org.postrider.storage.jdbc.view.ViewFold;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;

/// An account while a group works on it: begins as its durable state, is changed command by
/// command, and is published after the commit. Each change is counted, shown in the views, logged,
/// and put among the rows of the group, here and nowhere else.
public final class AccountLedger {

    private final AccountState before;
    private final Map<Integer, MailboxState> mailboxes;
    private final Map<Integer, MailboxState> closed = new HashMap<>();
    private final Map<Integer, ChunkedView> views;
    private final Set<String> subscriptions;
    private final Set<Integer> touched = new HashSet<>();
    private final Set<Integer> applying = new HashSet<>();
    private final GroupRows rows;
    private final List<LoggedChange> changes = new ArrayList<>();
    private final AccountLoader loader;
    private final StoreLimits.Ranges ranges;
    private final BiConsumer<Integer, ChunkedView> loaded;
    private final long now;

    private Backlogs backlogs;

    /// The same until the group is written: what it brings up cannot be read from rows before.
    private Backlogs unwritten;

    private boolean unlogged;
    private long modSeq;
    private int seq;
    private int nextMailbox;
    private long nextUidValidity;
    private long usedOctets;
    private long usedMessages;
    private long quotaOctets;
    private long quotaMessages;

    /// @param views those in memory, at that state
    /// @param loaded is told of a view that was loaded at that state
    AccountLedger(
            AccountState before,
            Map<Integer, ChunkedView> views,
            BiConsumer<Integer, ChunkedView> loaded,
            GroupRows rows,
            AccountLoader loader,
            StoreLimits.Ranges ranges,
            long now) {
        this.before = before;
        this.mailboxes = new HashMap<>(before.mailboxes());
        this.views = views;
        this.loaded = loaded;
        this.subscriptions = new HashSet<>(before.subscriptions());
        this.rows = rows;
        this.loader = loader;
        this.ranges = ranges;
        this.now = now;
        this.backlogs = before.backlogs();
        this.unwritten = before.backlogs();
        this.modSeq = before.modSeq();
        this.nextMailbox = before.nextMailbox();
        this.nextUidValidity = before.nextUidValidity();
        this.usedOctets = before.usedOctets();
        this.usedMessages = before.usedMessages();
        this.quotaOctets = before.quotaOctets();
        this.quotaMessages = before.quotaMessages();
    }

    // ---- reading

    public int account() {
        return before.account();
    }

    public Optional<MailboxState> mailbox(int number) {
        return Optional.ofNullable(mailboxes.get(number));
    }

    public Optional<MailboxState> mailbox(MailboxId id) {
        return id.account().value() == account() ? mailbox(id.number()) : Optional.empty();
    }

    public Optional<MailboxState> mailbox(String name) {
        return mailboxes.values().stream().filter(box -> box.name().equals(name)).findAny();
    }

    /// The mailbox of that name, or one whose name differs in case only.
    public Optional<MailboxState> mailboxIgnoringCase(String name) {
        return mailbox(name)
                .or(() ->
                        mailboxes.values().stream()
                                .filter(box -> box.name().equalsIgnoreCase(name))
                                .min(Comparator.comparingInt(MailboxState::number)));
    }

    public List<MailboxState> mailboxesBelow(String name) {
        return mailboxes.values().stream()
                .filter(box -> box.name().startsWith(name + "/"))
                .toList();
    }

    public boolean subscribed(String name) {
        return subscriptions.contains(name);
    }

    /// The messages of a mailbox; loaded when no view of it is in memory.
    public ChunkedView view(MailboxState mailbox) throws SQLException {
        var view = views.get(mailbox.number());
        if (view == null) {
            view = load(mailbox).at(mailbox);
            views.put(mailbox.number(), view);
        }
        return view;
    }

    /// The mailboxes whose rows are behind the log, as the group leaves them.
    Backlogs backlogs() {
        return backlogs;
    }

    /// The mailboxes whose rows are behind the log for who reads them while the group is planned.
    public Backlogs unwrittenBacklogs() {
        return unwritten;
    }

    /// Those that were so before the group.
    Backlogs durableBacklogs() {
        return before.backlogs();
    }

    public boolean isBehind() {
        return !backlogs.isEmpty();
    }

    /// Whether a change of so many messages is logged only, and its rows follow.
    public boolean isLarge(long messages) {
        return messages >= ranges.threshold();
    }

    /// Takes a view that was read beside the lane, at an earlier MODSEQ of the account.
    void adopt(int mailbox, ChunkedView view, long modSeq) throws SQLException {
        var durable = before.mailboxes().get(mailbox);
        if (durable == null || views.containsKey(mailbox) || loader.logFloor(account()) > modSeq) {
            return;
        }
        var current = ViewFold.fold(view, mailbox, loader.changesAfter(account(), modSeq));
        views.put(mailbox, shared(durable, current).at(box(mailbox)));
    }

    /// The view that the rows give, and what the group has done since it found them.
    private ChunkedView load(MailboxState mailbox) throws SQLException {
        var durable = before.mailboxes().get(mailbox.number());
        return durable == null
                ? ViewFold.fold(ChunkedView.empty(mailbox), mailbox.number(), changes)
                : shared(durable, loader.view(durable));
    }

    /// Offers a durable view to others, who may have it at once, and adds what the group has done.
    private ChunkedView shared(MailboxState durable, ChunkedView view) {
        var complete = view.at(durable);
        loaded.accept(durable.number(), complete);
        return ViewFold.fold(complete, durable.number(), changes);
    }

    /// Whether so much more would be within the account's quota.
    public boolean hasRoom(long octets, long messages) {
        return (quotaOctets < 0 || usedOctets + octets <= quotaOctets)
                && (quotaMessages < 0 || usedMessages + messages <= quotaMessages);
    }

    public boolean hasUids(MailboxState mailbox, long count) {
        return mailbox.uidNext() + count - 1 <= Uid.MAX;
    }

    public boolean hasMailboxNumbers(int count) {
        return nextMailbox <= Integer.MAX_VALUE - count && nextUidValidity <= Uid.MAX - count;
    }

    // ---- changing

    /// Begins a command that changes something: the next MODSEQ (RFC 7162 §3.1).
    public void step() {
        modSeq++;
        seq = 0;
    }

    /// Begins a change of the account that nobody is told of and that has no MODSEQ.
    void stepUnlogged() {
        unlogged = true;
    }

    /// The MODSEQ of the command.
    public long modSeq() {
        return modSeq;
    }

    /// Puts messages at the end of a mailbox. Their UIDs must go on from its UIDNEXT, and what
    /// never changes of them must be among the rows of the group.
    public void add(int mailbox, List<MessageRow> messages) {
        if (!backlogs.has(mailbox)) {
            for (var message : messages) {
                var key = key(mailbox, message.uid());
                rows.messages.add(new GroupRows.NewMessage(key, modSeq, message));
            }
        }
        arrive(new Added(mailbox, messages), messages);
    }

    /// Puts copies at the end of a mailbox and leaves their rows for later.
    public void addLater(Copied copied) {
        fallBehind(copied.mailbox());
        arrive(copied, copied.messages());
    }

    private void arrive(Change change, List<MessageRow> messages) {
        int mailbox = change.mailbox();
        var state = box(mailbox);
        var count = new MailboxState.Count();
        messages.forEach(message -> count.plus(message.flags(), message.size()));
        long uidNext = messages.getLast().uid() + 1;
        log(change);
        put(state.counting(count, uidNext, modSeq), count);
        var view = views.get(mailbox);
        if (view != null) {
            views.put(mailbox, view.appending(messages, modSeq).at(box(mailbox)));
        }
    }

    /// Gives messages other flags.
    ///
    /// @param changes worked out from the view that the mailbox has now
    public void setFlags(int mailbox, Reflagging changes) throws SQLException {
        if (isLarge(changes.changed().size())) {
            fallBehind(mailbox);
        }
        var state = box(mailbox);
        var view = view(state);
        var groups = changes.groups();
        if (!backlogs.has(mailbox)) {
            groups.forEach(group -> reflag(mailbox, group));
        }
        log(new FlagsSet(mailbox, groups));
        put(state.counting(changes.count(), state.uidNext(), modSeq), changes.count());
        views.put(mailbox, view.flagging(groups, modSeq).at(box(mailbox)));
    }

    private void reflag(int mailbox, Change.Masked group) {
        group.uids()
                .forEach(uid -> {
                    var key = key(mailbox, uid);
                    rows.flags.put(key, new GroupRows.NewFlags(key, modSeq, group.flags()));
                });
    }

    /// Removes messages that the mailbox has.
    public void expunge(int mailbox, Origin origin, UidSet uids) throws SQLException {
        if (isLarge(uids.size())) {
            fallBehind(mailbox);
        }
        boolean behind = backlogs.has(mailbox);
        var state = box(mailbox);
        var view = view(state);
        var count = new MailboxState.Count();
        uids.forEach(uid -> {
            var row = view.row(view.indexOf(uid));
            count.minus(row.flags(), row.size());
            if (!behind) {
                rows.gone.add(new GroupRows.Gone(key(mailbox, uid), modSeq, row, origin));
            }
        });
        log(new Expunged(mailbox, origin, uids));
        put(state.counting(count, state.uidNext(), modSeq), count);
        views.put(mailbox, view.without(uids).at(box(mailbox)));
    }

    /// Creates a mailbox, empty.
    public MailboxState create(String name, SpecialUse use) {
        nextUidValidity = Math.max(nextUidValidity, now / 1000);
        var state =
                MailboxState.created(
                        account(), nextMailbox++, name, nextUidValidity++, use, modSeq);
        mailboxes.put(state.number(), state);
        touched.add(state.number());
        rows.mailboxes.add(new GroupRows.NamedBox(state, modSeq, true, false));
        log(named(state, false));
        return state;
    }

    /// Creates a mailbox under the number and the UIDVALIDITY that it had before.
    public void recreate(int number, String name, long uidValidity, SpecialUse use) {
        nextMailbox = Math.max(nextMailbox, number + 1);
        nextUidValidity = Math.max(nextUidValidity, uidValidity + 1);
        var state = MailboxState.created(account(), number, name, uidValidity, use, modSeq);
        mailboxes.put(number, state);
        touched.add(number);
        rows.mailboxes.add(new GroupRows.NamedBox(state, modSeq, true, false));
        log(named(state, false));
    }

    /// Has a mailbox give no UID below this one.
    public void reserve(int mailbox, long uidNext) {
        var state = box(mailbox);
        var none = new MailboxState.Count();
        put(state.counting(none, Math.max(uidNext, state.uidNext()), state.highestModSeq()), none);
    }

    public MailboxState rename(int mailbox, String name) {
        return label(box(mailbox).named(name));
    }

    private MailboxState label(MailboxState state) {
        int mailbox = state.number();
        put(state, new MailboxState.Count());
        rows.mailboxes.add(new GroupRows.NamedBox(state, modSeq, false, false));
        log(named(state, false));
        var view = views.get(mailbox);
        if (view != null) {
            views.put(mailbox, view.at(state));
        }
        return state;
    }

    /// Gives a mailbox another use (RFC 6154 §3).
    public MailboxState use(int mailbox, SpecialUse use) {
        return label(box(mailbox).used(use));
    }

    /// Deletes a mailbox: nobody finds it any more. Its messages are no longer charged.
    public void delete(int mailbox) {
        var state = box(mailbox);
        usedOctets -= state.octets();
        usedMessages -= state.total();
        mailboxes.remove(mailbox);
        touched.add(mailbox);
        closed.put(mailbox, state);
        rows.mailboxes.add(new GroupRows.NamedBox(state, modSeq, false, true));
        log(named(state, true));
        var view = views.get(mailbox);
        if (view != null) {
            views.put(mailbox, view.closed(modSeq));
        }
    }

    public void subscribe(String name, boolean subscribe) {
        if (subscribe) {
            subscriptions.add(name);
        } else {
            subscriptions.remove(name);
        }
        rows.subscriptions.add(new GroupRows.Subscription(account(), name, subscribe));
        log(new Subscribed(name, subscribe));
    }

    public void setQuota(Quota.Limits limits) {
        quotaOctets = limits.octets().orElse(-1);
        quotaMessages = limits.messages().orElse(-1);
        log(new QuotaSet(quotaOctets, quotaMessages));
    }

    /// Numbers keywords and sets of keywords.
    public void meet(int mailbox, List<String> words, List<KeywordSet> sets) {
        var state = box(mailbox);
        var key = new GroupRows.BoxKey(account(), mailbox);
        var known = state.keywords();
        for (var word : words) {
            rows.keywords.add(new GroupRows.NewKeyword(key, known.nextBit(), word));
            log(new KeywordMet(mailbox, known.nextBit(), word));
            known = known.with(word);
        }
        int first = known.sets().count() + 1;
        for (var set : sets) {
            known = known.with(set);
            int number = known.sets().count();
            set.numbers()
                    .chars()
                    .forEach(each ->
                            rows.keywordSets.add(new GroupRows.NewKeywordInSet(key, number, each)));
        }
        if (!sets.isEmpty()) {
            log(new KeywordSetsMet(mailbox, first, sets));
        }
        var knowing = state.knowing(known, modSeq);
        put(knowing, new MailboxState.Count());
        var view = views.get(mailbox);
        if (view != null) {
            views.put(mailbox, view.at(knowing));
        }
    }

    /// Forgets sets of keywords that nothing names any more.
    public void forget(int mailbox, Set<Integer> sets) {
        stepUnlogged();
        var state = box(mailbox);
        var less = state.knowing(state.keywords().without(sets), state.highestModSeq());
        mailboxes.put(mailbox, less);
        var key = new GroupRows.BoxKey(account(), mailbox);
        rows.retention.forgottenSets.put(key, Set.copyOf(sets));
        var view = views.get(mailbox);
        if (view != null) {
            views.put(mailbox, view.at(less));
        }
    }

    /// From here on the mailbox is changed in the log only, until its rows are brought up.
    private void fallBehind(int mailbox) {
        var from = Backlog.from(new LogPosition(modSeq, seq));
        if (!backlogs.has(mailbox)) {
            backlogs = backlogs.with(mailbox, from);
        }
        if (!unwritten.has(mailbox)) {
            unwritten = unwritten.with(mailbox, from);
        }
    }

    /// The group brings the rows of a mailbox up to a record that was durable before.
    ///
    /// @param last whether there was no more such record
    void catchUp(int mailbox, LogPosition applied, boolean last) {
        stepUnlogged();
        applying.add(mailbox);
        var left = backlogs.of(mailbox).orElseThrow().after(applied);
        boolean more = changes.stream().anyMatch(logged -> logged.mailbox() == mailbox);
        boolean done = (last && !more) || isBeyondMessages(mailbox, applied);
        backlogs = done ? backlogs.without(mailbox) : backlogs.with(mailbox, left);
    }

    /// Whether no later record says anything of messages. What a mailbox is called is no change of
    /// them, so such a record may come after its highest MODSEQ.
    private boolean isBeyondMessages(int mailbox, LogPosition applied) {
        return mailbox(mailbox).filter(box -> box.highestModSeq() < applied.modSeq()).isPresent();
    }

    /// Whether the group does that already.
    boolean isApplying() {
        return !applying.isEmpty();
    }

    // ---- the result

    /// The version of the account before the group.
    public long durableVersion() {
        return before.version();
    }

    public boolean changed() {
        return unlogged || modSeq != before.modSeq();
    }

    public AccountState after() {
        return new AccountState(
                account(),
                before.version() + (changed() ? 1 : 0),
                modSeq,
                nextMailbox,
                nextUidValidity,
                usedOctets,
                usedMessages,
                quotaOctets,
                quotaMessages,
                mailboxes,
                subscriptions,
                backlogs);
    }

    /// What the group has logged.
    public List<LoggedChange> changes() {
        return changes;
    }

    public Map<Integer, ChunkedView> views() {
        return views;
    }

    /// The mailboxes whose figures changed.
    List<MailboxState> touched() {
        return touched.stream()
                .map(number -> mailbox(number).orElseGet(() -> closed.get(number)))
                .toList();
    }

    /// Up to where the rows of a mailbox show the log after the group.
    LogPosition applied(MailboxState state) {
        return backlogs.of(state.number())
                .map(Backlog::applied)
                .orElseGet(() -> new LogPosition(state.highestModSeq(), LogPosition.ALL));
    }

    /// The mailboxes that the group brings up without changing their figures, and up to where; up
    /// to the end when that is empty.
    Map<Integer, Optional<LogPosition>> onlyApplied() {
        var only = new HashMap<Integer, Optional<LogPosition>>();
        applying.stream()
                .filter(number -> !touched.contains(number))
                .forEach(number -> only.put(number, backlogs.of(number).map(Backlog::applied)));
        return only;
    }

    public MessageKey key(int mailbox, long uid) {
        return new MessageKey(account(), mailbox, uid);
    }

    public static UidValidity uidValidity(MailboxState mailbox) {
        return new UidValidity(mailbox.uidValidity());
    }

    private MailboxState box(int number) {
        return mailbox(number).orElseThrow(() -> new IllegalStateException("no mailbox " + number));
    }

    private void put(MailboxState state, MailboxState.Count count) {
        mailboxes.put(state.number(), state);
        touched.add(state.number());
        usedOctets += count.octets;
        usedMessages += count.messages;
    }

    private void log(Change change) {
        for (var piece : ChangeLogCodec.split(change)) {
            var logged = new LoggedChange(new LogPosition(modSeq, ++seq), now, piece);
            changes.add(logged);
            rows.log.add(new GroupRows.Logged(account(), logged));
            backlogs = backlogs.with(logged);
            unwritten = unwritten.with(logged);
        }
    }

    private static Named named(MailboxState state, boolean deleted) {
        return new Named(
                state.number(),
                state.name(),
                state.uidValidity(),
                ColumnCodes.number(state.specialUse()),
                deleted);
    }
}
