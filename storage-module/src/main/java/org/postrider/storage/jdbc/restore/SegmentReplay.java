package org.postrider.storage.jdbc.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentScan;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.JdbcStore;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.group.ArrivalNote;
import org.postrider.storage.jdbc.group.NamesNote;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MetaCodec;
import org.postrider.storage.message.ThreadRefs;

/// Reads what the segments say, and has each account, mailbox and message that the store does not
/// know made anew. The octets stay where they are.
///
/// Notes of names count in the order in which they were written; those of arrivals may have been
/// written again when a segment was emptied, so they are put in the order of their UIDs first:
/// about 60 octets of memory for each.
final class SegmentReplay {

    /// What was brought back.
    ///
    /// @param names accounts and mailboxes that the copy had not
    /// @param accounts what was found, by account
    record Result(long names, Map<Integer, Tally> accounts) {}

    /// What the segments had of an account.
    static final class Tally {
        long filed;
        long elsewhere;
        long gone;

        /// Whether notes say what its password, quota and subscriptions are.
        boolean settings;
    }

    /// Where a note of an arrival is.
    private record Noted(int account, int mailbox, long uid, long pack, long offset, int octets) {}

    private static final int BATCH = 100;

    /// A segment that was not written since so long before the copy has nothing newer than it.
    private static final Duration CAUTION = Duration.ofHours(1);

    private final JdbcStore store;
    private final Path segments;
    private final Optional<Instant> copy;
    private final BodySearch search;
    private final KnownNames names = new KnownNames();
    private final List<Noted> arrivals = new ArrayList<>();
    private final Map<Integer, Tally> tallies = new TreeMap<>();
    private final List<RestoreCommands.Found> batch = new ArrayList<>();

    SegmentReplay(JdbcStore store, StoreSettings settings, Optional<Instant> copy) {
        this.store = store;
        this.segments = settings.dataDirectory().resolve("segments");
        this.copy = copy;
        this.search = new BodySearch(segments, store.bodies());
    }

    Result run() throws IOException {
        for (long number : BodySearch.numbers(segments)) {
            if (mayBeNewer(segments.resolve(String.format(Locale.ROOT, "%012d.seg", number)))) {
                SegmentScan.of(segments, number).run((type, _) -> type.isNote(), this::take);
            }
        }
        directory();
        long missing = 0;
        for (var account : names.accounts()) {
            missing += store.lanes().call(new RestoreCommands.Names(account));
            tally(account.number).settings = account.whole;
        }
        arrivals.sort(
                Comparator.comparingInt(Noted::account)
                        .thenComparingInt(Noted::mailbox)
                        .thenComparingLong(Noted::uid));
        for (var noted : arrivals) {
            arrived(noted);
        }
        flush();
        for (var account : names.accounts()) {
            store.lanes().call(new RestoreCommands.Reserve(account));
        }
        return new Result(missing, tallies);
    }

    private void directory() {
        var rows = List.copyOf(names.directory());
        for (int from = 0; from < rows.size(); from += BATCH) {
            var some = rows.subList(from, Math.min(rows.size(), from + BATCH));
            var _ = store.lanes().call(new RestoreCommands.Directory(some));
        }
    }

    private boolean mayBeNewer(Path segment) throws IOException {
        var written = Files.getLastModifiedTime(segment).toInstant();
        return copy.isEmpty() || written.isAfter(copy.get().minus(CAUTION));
    }

    private void take(SegmentScan.Found found, byte[] octets) {
        if (!found.intact()) {
            return;
        }
        if (found.type() == RecordType.NAMES) {
            names.take(NamesNote.decoded(octets));
        } else if (found.type() == RecordType.ARRIVAL) {
            var note = ArrivalNote.decoded(octets);
            var place = found.place();
            arrivals.add(
                    new Noted(
                            note.account(),
                            note.mailbox(),
                            note.uid(),
                            place.pack(),
                            place.offset(),
                            place.stored()));
        }
    }

    private void arrived(Noted noted) throws IOException {
        if (isOther(noted.account()) || batch.size() == BATCH) {
            flush();
        }
        var mailbox = new MailboxId(new AccountId(noted.account()), noted.mailbox());
        long known = store.lanes().mailbox(mailbox).map(MailboxState::uidNext).orElse(1L);
        if (noted.uid() < known || isAgain(noted)) {
            return;
        }
        var place = BodyPlace.plain(noted.pack(), noted.offset(), noted.octets());
        ArrivalNote note;
        try (var octets = store.bodies().open(place, 0, noted.octets())) {
            note = ArrivalNote.decoded(octets.readAllBytes());
        }
        var message = message(note);
        if (message.isEmpty()) {
            tally(noted.account()).gone++;
        } else {
            batch.add(new RestoreCommands.Found(note, message.get()));
        }
    }

    private boolean isOther(int account) {
        return !batch.isEmpty() && batch.getFirst().note().account() != account;
    }

    private boolean isAgain(Noted noted) {
        if (batch.isEmpty()) {
            return false;
        }
        var last = batch.getLast().note();
        return last.mailbox() == noted.mailbox() && last.uid() == noted.uid();
    }

    private void flush() {
        if (!batch.isEmpty()) {
            int account = batch.getFirst().note().account();
            var filed =
                    store.lanes()
                            .call(
                                    new RestoreCommands.Arrivals(
                                            account, batch, names.deleted(account)));
            tally(account).filed += filed.there();
            tally(account).elsewhere += filed.elsewhere();
            batch.clear();
        }
    }

    private Tally tally(int account) {
        return tallies.computeIfAbsent(account, _ -> new Tally());
    }

    /// What is to be said of a message; empty when its octets are nowhere.
    private Optional<StagedMessage> message(ArrivalNote note) throws IOException {
        var message = message(note.body(), note.digest());
        if (message.isPresent()) {
            return message;
        }
        var place = search.find(note.body().size(), note.digest());
        return place.isPresent() ? message(place.get(), note.digest()) : Optional.empty();
    }

    /// What is to be said of a message, computed again from its octets; empty when they are not
    /// those that were received.
    private Optional<StagedMessage> message(BodyPlace place, byte[] digest) {
        var parser = MessageParser.begin();
        var sum = sha256();
        try (var octets = new DigestInputStream(store.bodies().open(place, 0, place.size()), sum)) {
            feed(octets, parser);
        } catch (IOException | StoreUnavailable e) {
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(sum.digest(), digest)) {
            return Optional.empty();
        }
        var meta = parser.finish();
        int header = (int) Math.min(parser.headerOctets(), place.size());
        return Optional.of(
                new StagedMessage(
                        StagedBody.stored(place, digest),
                        header,
                        MetaCodec.encode(meta),
                        ThreadRefs.of(meta)));
    }

    private static void feed(InputStream octets, MessageParser parser) throws IOException {
        var buffer = new byte[16 << 10];
        for (int count = octets.read(buffer); count >= 0; count = octets.read(buffer)) {
            parser.write(buffer, 0, count);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
