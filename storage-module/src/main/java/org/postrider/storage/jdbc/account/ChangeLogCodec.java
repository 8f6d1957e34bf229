package org.postrider.storage.jdbc.account;

import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.jdbc.account.Change.Added;
import org.postrider.storage.jdbc.account.Change.Copied;
import org.postrider.storage.jdbc.account.Change.Expunged;
import org.postrider.storage.jdbc.account.Change.FlagsSet;
import org.postrider.storage.jdbc.account.Change.KeywordMet;
import org.postrider.storage.jdbc.account.Change.KeywordSetsMet;
import org.postrider.storage.jdbc.account.Change.Masked;
import org.postrider.storage.jdbc.account.Change.Named;
import org.postrider.storage.jdbc.account.Change.Origin;
import org.postrider.storage.jdbc.account.Change.QuotaSet;
import org.postrider.storage.jdbc.account.Change.Subscribed;
import org.postrider.storage.mailbox.UidSet;

/// The columns `change_log.kind` and `change_log.data`.
public final class ChangeLogCodec {

    /// Messages in one record, so that none is over 64 KB and each is applied to rows in one
    /// transaction, for which a delivery does not wait long; a larger change has several.
    public static final int MOST_MESSAGES = 500;

    /// Full records of one change, about half of what `change_log.seq` can number; those of a
    /// larger change have more messages each.
    private static final int MOST_RECORDS = 16_000;

    /// Keywords of all sets in one record.
    private static final int MOST_KEYWORDS = 16_000;

    /// Sets in one record.
    private static final int MOST_SETS = 2_000;

    private ChangeLogCodec() {}

    public static int kind(Change change) {
        return switch (change) {
            case Added _ -> 1;
            case FlagsSet _ -> 2;
            case Expunged _ -> 3;
            case Named _ -> 4;
            case Subscribed _ -> 5;
            case Copied _ -> 6;
            case QuotaSet _ -> 7;
            case KeywordMet _ -> 8;
            case KeywordSetsMet _ -> 10;
        };
    }

    /// The change as changes that each fit a record.
    public static List<Change> split(Change change) {
        return switch (change) {
            case Added(int mailbox, var messages) ->
                    pieces(messages).stream().<Change>map(m -> new Added(mailbox, m)).toList();
            case Copied(int mailbox, int source, var sources, var messages) -> {
                var uids = sources.pieces(inRecord(sources.size())).iterator();
                yield pieces(messages).stream()
                        .<Change>map(m -> new Copied(mailbox, source, uids.next(), m))
                        .toList();
            }
            case FlagsSet(int mailbox, var groups) -> split(mailbox, groups);
            case Expunged(int mailbox, var origin, var uids) ->
                    uids.pieces(inRecord(uids.size())).stream()
                            .<Change>map(piece -> new Expunged(mailbox, origin, piece))
                            .toList();
            case KeywordSetsMet(int mailbox, int first, var sets) -> pieces(mailbox, first, sets);
            case Named _, Subscribed _, QuotaSet _, KeywordMet _ -> List.of(change);
        };
    }

    private static List<Change> split(int mailbox, List<Masked> groups) {
        var records = new ArrayList<Change>();
        var record = new ArrayList<Masked>();
        int most = inRecord(groups.stream().mapToLong(group -> group.uids().size()).sum());
        long messages = 0;
        for (var group : groups) {
            for (var uids : group.uids().pieces(most)) {
                if (messages + uids.size() > most) {
                    records.add(new FlagsSet(mailbox, record));
                    record.clear();
                    messages = 0;
                }
                record.add(new Masked(group.flags(), uids));
                messages += uids.size();
            }
        }
        if (!record.isEmpty()) {
            records.add(new FlagsSet(mailbox, record));
        }
        return records;
    }

    private static List<Change> pieces(int mailbox, int first, List<KeywordSet> sets) {
        var records = new ArrayList<Change>();
        int from = 0;
        int keywords = 0;
        for (int i = 0; i < sets.size(); i++) {
            keywords += sets.get(i).numbers().length();
            if (keywords > MOST_KEYWORDS || i - from == MOST_SETS) {
                records.add(new KeywordSetsMet(mailbox, first + from, sets.subList(from, i)));
                from = i;
                keywords = sets.get(i).numbers().length();
            }
        }
        records.add(new KeywordSetsMet(mailbox, first + from, sets.subList(from, sets.size())));
        return records;
    }

    private static List<List<MessageRow>> pieces(List<MessageRow> all) {
        var pieces = new ArrayList<List<MessageRow>>();
        int most = inRecord(all.size());
        for (int at = 0; at < all.size(); at += most) {
            pieces.add(all.subList(at, Math.min(all.size(), at + most)));
        }
        return pieces;
    }

    /// Messages in a record of a change of so many.
    private static int inRecord(long messages) {
        return (int) Math.max(MOST_MESSAGES, messages / MOST_RECORDS);
    }

    public static byte[] encode(Change change) {
        var out = new Varints.Out();
        switch (change) {
            case Added(_, var messages) -> messages(out, messages);
            case Copied(_, int source, var sources, var messages) -> {
                out.number(source);
                ranges(out, sources);
                messages(out, messages);
            }
            case FlagsSet(_, var groups) -> {
                for (var group : groups) {
                    out.number(group.flags());
                    ranges(out, group.uids());
                }
            }
            case Expunged(_, var origin, var uids) -> {
                out.number(origin.number);
                ranges(out, uids);
            }
            case Named(_, var name, long uidValidity, int specialUse, boolean deleted) ->
                    out.text(name).number(uidValidity).number(specialUse).number(deleted ? 1 : 0);
            case Subscribed(var name, boolean subscribed) ->
                    out.text(name).number(subscribed ? 1 : 0);
            case QuotaSet(long octets, long messages) -> out.signed(octets).signed(messages);
            case KeywordMet(_, int bit, var name) -> out.number(bit).text(name);
            case KeywordSetsMet(_, int first, var sets) -> {
                out.number(first);
                sets.forEach(set -> out.text(set.numbers()));
            }
        }
        return out.octets();
    }

    public static Change decode(int kind, int mailbox, byte[] data) {
        var in = new Varints.In(data);
        return switch (kind) {
            case 1 -> new Added(mailbox, messages(in));
            case 2 -> {
                var groups = new ArrayList<Masked>();
                while (in.more()) {
                    groups.add(new Masked(in.number(), ranges(in)));
                }
                yield new FlagsSet(mailbox, groups);
            }
            case 3 -> new Expunged(mailbox, Origin.of(in.count()), ranges(in));
            case 4 -> new Named(mailbox, in.text(), in.number(), in.count(), in.number() == 1);
            case 5 -> new Subscribed(in.text(), in.number() == 1);
            case 6 -> new Copied(mailbox, in.count(), ranges(in), messages(in));
            case 7 -> new QuotaSet(in.signed(), in.signed());
            case 8 -> new KeywordMet(mailbox, in.count(), in.text());
            case 10 -> {
                int first = in.count();
                var sets = new ArrayList<KeywordSet>();
                while (in.more()) {
                    sets.add(new KeywordSet(in.text()));
                }
                yield new KeywordSetsMet(mailbox, first, sets);
            }
            default -> throw new IllegalStateException("unknown change log record " + kind);
        };
    }

    private static void messages(Varints.Out out, List<MessageRow> messages) {
        long uid = 0;
        for (var message : messages) {
            out.number(message.uid() - uid)
                    .number(message.flags())
                    .number(message.size())
                    .signed(message.date());
            uid = message.uid();
        }
    }

    private static List<MessageRow> messages(Varints.In in) {
        var messages = new ArrayList<MessageRow>();
        long uid = 0;
        while (in.more()) {
            uid += in.number();
            messages.add(new MessageRow(uid, in.number(), in.count(), in.signed()));
        }
        return messages;
    }

    private static void ranges(Varints.Out out, UidSet uids) {
        out.number(uids.ranges().size());
        long end = 0;
        for (var range : uids.ranges()) {
            out.number(range.first() - end).number(range.last() - range.first());
            end = range.last();
        }
    }

    private static UidSet ranges(Varints.In in) {
        int count = in.count();
        var ranges = new UidRanges();
        long end = 0;
        for (int i = 0; i < count; i++) {
            long first = end + in.number();
            end = first + in.number();
            ranges.add(first, end);
        }
        return ranges.toSet();
    }
}
