package org.postrider.storage.jdbc.check;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.LogReading;
import org.postrider.storage.jdbc.account.MessageRow;

/// Looks at each record of an account's log by itself and in its order, and at what the log says of
/// mailboxes, keywords and subscriptions.
final class LogPass implements LogReading.Records {

    private static final Change.QuotaSet NO_LIMITS = new Change.QuotaSet(-1, -1);

    private final Findings findings;
    private final Place account;
    private final Map<Integer, CheckedBox> boxes;
    private final long floor;
    private final long modSeq;
    private final Map<String, Boolean> subscribed = new HashMap<>();

    private Change.@Nullable QuotaSet quota;
    private long last;
    private int lastSeq;

    /// @param floor records up to this MODSEQ are gone
    /// @param modSeq the last MODSEQ of the account
    LogPass(
            Findings findings,
            Place account,
            Map<Integer, CheckedBox> boxes,
            long floor,
            long modSeq) {
        this.findings = findings;
        this.account = account;
        this.boxes = boxes;
        this.floor = floor;
        this.modSeq = modSeq;
        this.last = Math.max(floor, 1);
    }

    @Override
    public void accept(LogPosition position, Change change) {
        order(position);
        long at = position.modSeq();
        switch (change) {
            case Change.Subscribed(var name, boolean is) -> subscribed.put(name, is);
            case Change.Added added -> arrived(position, added.mailbox(), added.messages());
            case Change.Copied copied -> arrived(position, copied.mailbox(), copied.messages());
            case Change.FlagsSet set -> messages(position, set.mailbox());
            case Change.Expunged expunged -> messages(position, expunged.mailbox());
            case Change.Named named -> named(at, named);
            case Change.QuotaSet set -> quota = set;
            case Change.KeywordSetsMet met -> sets(at, met);
            case Change.KeywordMet(int mailbox, int bit, var name) -> {
                changed(at, mailbox);
                var box = boxes.get(mailbox);
                if (box != null && box.loggedKeywords.put(bit, name) != null) {
                    findings.add(
                            Invariant.M7, box.place, "keyword " + bit + " was met twice: " + name);
                }
            }
        }
    }

    @Override
    public void unreadable(LogPosition at, String why) {
        order(at);
        bad("record %d of MODSEQ %d cannot be read: %s".formatted(at.seq(), at.modSeq(), why));
    }

    private void order(LogPosition position) {
        long at = position.modSeq();
        int seq = position.seq();
        if (at <= floor) {
            bad(
                    "record %d of MODSEQ %d is there; the log begins after %d"
                            .formatted(seq, at, floor));
            return;
        }
        if (at > last + 1) {
            bad("nothing is recorded of MODSEQ %d to %d".formatted(last + 1, at - 1));
        }
        if (at > modSeq && last <= modSeq) {
            bad(
                    "record %d of MODSEQ %d is above the account's MODSEQ, %d"
                            .formatted(seq, at, modSeq));
        }
        if (seq != (at == last ? lastSeq + 1 : 1)) {
            bad("record %d of MODSEQ %d is not the next one".formatted(seq, at));
        }
        last = Math.max(last, at);
        lastSeq = seq;
    }

    private void messages(LogPosition position, int mailbox) {
        changed(position.modSeq(), mailbox);
        var box = boxes.get(mailbox);
        if (box != null) {
            box.lastOfMessages = position;
        }
    }

    private void arrived(LogPosition position, int mailbox, List<MessageRow> messages) {
        messages(position, mailbox);
        long at = position.modSeq();
        var box = boxes.get(mailbox);
        if (box == null) {
            return;
        }
        for (var message : messages) {
            if (message.uid() <= box.lastUid) {
                uid(box, message.uid(), "was given at MODSEQ %d after %d", at, box.lastUid);
            }
            if (message.uid() >= box.row.uidNext()) {
                uid(
                        box,
                        message.uid(),
                        "was given at MODSEQ %d; UIDNEXT is %d",
                        at,
                        box.row.uidNext());
            }
            box.lastUid = Math.max(box.lastUid, message.uid());
            box.blocks.add(FoldWindow.block(message.uid()));
        }
    }

    private void sets(long at, Change.KeywordSetsMet met) {
        changed(at, met.mailbox());
        var box = boxes.get(met.mailbox());
        if (box == null) {
            return;
        }
        int number = met.first();
        for (var set : met.sets()) {
            var keywords = new TreeSet<Integer>();
            set.keywords().stream().forEach(keywords::add);
            if (box.loggedSets.put(number, keywords) != null) {
                findings.add(
                        Invariant.M7, box.place, "set " + number + " of keywords was met twice");
            }
            number++;
        }
    }

    private void uid(CheckedBox box, long uid, String what, long first, long second) {
        findings.add(Invariant.M1, box.place.message(uid), what.formatted(first, second));
    }

    private void changed(long at, int mailbox) {
        var box = boxes.get(mailbox);
        if (box == null) {
            bad("MODSEQ %d changed mailbox %d, which has no row".formatted(at, mailbox));
        } else if (box.deletedInLog) {
            bad("MODSEQ %d changed mailbox %d, which was deleted".formatted(at, mailbox));
        } else {
            box.lastChange = at;
        }
    }

    private void named(long at, Change.Named named) {
        var box = boxes.get(named.mailbox());
        if (box == null) {
            bad("MODSEQ %d named mailbox %d, which has no row".formatted(at, named.mailbox()));
            return;
        }
        if (named.uidValidity() != box.row.uidValidity()) {
            findings.add(
                    Invariant.M2,
                    box.place,
                    "UIDVALIDITY is %d, at MODSEQ %d it was %d"
                            .formatted(box.row.uidValidity(), at, named.uidValidity()));
        }
        box.lastNamed = named;
        box.deletedInLog = named.deleted();
    }

    /// After the last record: compares the rows with what the log said.
    ///
    /// @param subscriptions what the rows say
    /// @param limits the octets and messages that the account may have by its row
    void finish(Set<String> subscriptions, Change.QuotaSet limits) {
        if (quota != null ? !quota.equals(limits) : floor == 0 && !limits.equals(NO_LIMITS)) {
            findings.add(
                    Invariant.A2,
                    account,
                    "may have %s by its row, %s by the log".formatted(limits, quota));
        }
        if (last < modSeq) {
            bad("nothing is recorded of MODSEQ %d to %d".formatted(last + 1, modSeq));
        }
        subscribed.forEach((name, is) -> {
            if (is != subscriptions.contains(name)) {
                findings.add(
                        Invariant.A7,
                        account,
                        "subscribed to %s: the row says %s, the log %s".formatted(name, !is, is));
            }
        });
        if (floor == 0) {
            subscriptions.stream()
                    .filter(name -> !subscribed.containsKey(name))
                    .forEach(name ->
                            findings.add(
                                    Invariant.A7,
                                    account,
                                    "subscribed to " + name + ", of which the log says nothing"));
        }
        boxes.values().forEach(this::finish);
    }

    private void finish(CheckedBox box) {
        var row = box.row;
        if (box.lastChange > 0 || row.createdModSeq() > floor) {
            long change = Math.max(box.lastChange, row.createdModSeq());
            if (row.highestModSeq() != change) {
                findings.add(
                        Invariant.M3,
                        box.place,
                        "MODSEQ is %d, the last change was at %d"
                                .formatted(row.highestModSeq(), change));
            }
        } else if (row.highestModSeq() > floor) {
            findings.add(
                    Invariant.M3,
                    box.place,
                    "MODSEQ is %d, of which the log says nothing".formatted(row.highestModSeq()));
        }
        if (box.isBehind() != row.applied().isBefore(box.lastOfMessages)) {
            findings.add(
                    Invariant.M5,
                    box.place,
                    "its rows show %s, the last record of messages is %s"
                            .formatted(row.applied(), box.lastOfMessages));
        }
        var named = box.lastNamed;
        if (named == null ? floor == 0 : !isNamed(row, named)) {
            findings.add(
                    Invariant.M6,
                    box.place,
                    "the row says it %s, the log: %s"
                            .formatted(row.live() ? "lives" : "is deleted", named));
        }
        keywords(box);
    }

    private void keywords(CheckedBox box) {
        box.loggedSets.forEach((number, set) -> {
            if (!set.equals(box.keywordSets.get(number))) {
                findings.add(
                        Invariant.M7,
                        box.place,
                        "set %d of keywords is %s by the rows, %s by the log"
                                .formatted(number, box.keywordSets.get(number), set));
            }
        });
        box.keywordSets.forEach((number, set) -> {
            if (!box.keywords.keySet().containsAll(set)
                    || Collections.max(set) <= KeywordBits.LAST_BIT) {
                findings.add(
                        Invariant.M7,
                        box.place,
                        "set %d of keywords, %s, cannot be".formatted(number, set));
            }
        });
        gap(box);
        box.loggedKeywords.forEach((bit, name) -> {
            if (!name.equals(box.keywords.get(bit))) {
                findings.add(
                        Invariant.M7,
                        box.place,
                        "keyword %d is %s by the row, %s by the log"
                                .formatted(bit, box.keywords.get(bit), name));
            }
        });
    }

    private void gap(CheckedBox box) {
        int next = KeywordBits.FIRST_BIT;
        for (int number : box.keywords.keySet()) {
            if (number != next) {
                findings.add(Invariant.M7, box.place, "has no keyword " + next);
            }
            next = number + 1;
        }
    }

    private static boolean isNamed(CheckedBox.Row row, Change.Named named) {
        return named.deleted() != row.live()
                && named.name().equals(row.name())
                && named.specialUse() == row.specialUse();
    }

    private void bad(String what) {
        findings.add(Invariant.A3, account.object("change log"), what);
    }
}
