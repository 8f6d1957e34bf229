package org.postrider.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentScan;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MetaCodec;
import org.postrider.storage.message.ThreadRefs;

/// Reads the segments in the order in which the lane wrote them, and has each account, mailbox and
/// message that the store does not know made anew. The octets stay where they are.
final class SegmentReplay {

    /// What was brought back.
    record Result(long messages, long names, long lost) {}

    private static final int BATCH = 100;

    /// A segment that was not written since so long before the copy has nothing newer than it.
    private static final Duration CAUTION = Duration.ofHours(1);

    private final JdbcStore store;
    private final Path segments;
    private final Optional<Instant> copy;
    private final List<RestoreCommands.Found> batch = new ArrayList<>();

    private long messages;
    private long names;
    private long lost;

    SegmentReplay(JdbcStore store, StoreSettings settings, Optional<Instant> copy) {
        this.store = store;
        this.segments = settings.dataDirectory().resolve("segments");
        this.copy = copy;
    }

    Result run() throws IOException {
        for (long number : numbers()) {
            SegmentScan.of(segments, number).run(this::take);
        }
        flush();
        return new Result(messages, names, lost);
    }

    private List<Long> numbers() throws IOException {
        if (!Files.isDirectory(segments)) {
            return List.of();
        }
        try (var files = Files.list(segments)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{12}\\.seg"))
                    .filter(this::mayBeNewer)
                    .map(file -> Long.valueOf(file.getFileName().toString().substring(0, 12)))
                    .sorted()
                    .toList();
        }
    }

    private boolean mayBeNewer(Path segment) {
        try {
            var written = Files.getLastModifiedTime(segment).toInstant();
            return copy.isEmpty() || written.isAfter(copy.get().minus(CAUTION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(SegmentScan.Found found, byte[] octets) throws IOException {
        if (!found.intact()) {
            return;
        }
        if (found.type() == RecordType.NAMES) {
            flush();
            names += store.lanes().call(new RestoreCommands.Names(NamesNote.decoded(octets)));
        } else if (found.type() == RecordType.ARRIVAL) {
            arrived(ArrivalNote.decoded(octets));
        }
    }

    private void arrived(ArrivalNote note) throws IOException {
        if (isOther(note.account()) || batch.size() == BATCH) {
            flush();
        }
        var mailbox = new MailboxId(new AccountId(note.account()), note.mailbox());
        long known = store.lanes().mailbox(mailbox).map(MailboxState::uidNext).orElse(1L);
        if (note.uid() < known) {
            return;
        }
        var message = message(note.body(), note.digest());
        if (message.isEmpty()) {
            lost++;
        } else {
            batch.add(new RestoreCommands.Found(note, message.get()));
        }
    }

    private boolean isOther(int account) {
        return !batch.isEmpty() && batch.getFirst().note().account() != account;
    }

    private void flush() {
        if (!batch.isEmpty()) {
            int account = batch.getFirst().note().account();
            messages += store.lanes().call(new RestoreCommands.Arrivals(account, batch));
            batch.clear();
        }
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
