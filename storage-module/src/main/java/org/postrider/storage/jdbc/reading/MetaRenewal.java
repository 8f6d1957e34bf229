package org.postrider.storage.jdbc.reading;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.GroupRows.Renewed;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.Threads;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.MessageMeta;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MetaCodec;
import org.postrider.storage.message.ThreadRefs;

/// Computes again what an older version of this program computed of messages when they came: of one
/// message when somebody asks for what its meta lacks, and of all of them little by little. When
/// none is left, `store_info` says so.
public final class MetaRenewal {

    private static final String FACT = "meta_version";
    private static final String CURRENT = String.valueOf(MetaCodec.CURRENT);

    /// Rows looked at in one run.
    private static final int AT_ONCE = 200;

    /// Mailboxes looked at in one run, if little is to be done in each.
    private static final int LOOKS = 100;

    /// Where the look at all rows has come to.
    private record Place(int account, int mailbox, long uid) {}

    private final Lanes lanes;
    private Place next = new Place(0, 0, 0);
    private boolean done;

    public MetaRenewal(Lanes lanes) {
        this.lanes = lanes;
    }

    /// Reads the message again and has what is found kept, some time.
    ///
    /// @return its meta
    MessageMeta renewed(MailboxId mailbox, long body, StoredMessage message) throws IOException {
        var meta = parsed(message);
        lanes.send(
                new Keep(
                        mailbox.account().value(),
                        List.of(renewal(mailbox, body, message.uid(), meta)),
                        Optional.empty()));
        return meta;
    }

    private static Renewed renewal(MailboxId mailbox, long body, long uid, MessageMeta meta) {
        return new Renewed(mailbox, uid, body, MetaCodec.encode(meta), ThreadRefs.of(meta));
    }

    private static MessageMeta parsed(StoredMessage message) throws IOException {
        var parser = MessageParser.begin();
        try (var octets = message.open(message.traceOctets(), message.octets())) {
            feed(octets, parser);
        }
        return parser.finish();
    }

    private static void feed(InputStream octets, MessageParser parser) throws IOException {
        var buffer = new byte[16 << 10];
        for (int count = octets.read(buffer); count >= 0; count = octets.read(buffer)) {
            parser.write(buffer, 0, count);
        }
    }

    // ---- all of them

    /// Looks at some more rows and renews those that are old. The work of `Upkeep`.
    public void run(Readers readers, MessageReading reading) throws IOException {
        if (done || readers.ask(MetaRenewal::isDone)) {
            done = true;
            return;
        }
        for (int looks = 0; looks < LOOKS; looks++) {
            var from = next;
            var found = readers.ask(session -> look(session, from));
            for (var place : found.old()) {
                renew(place, reading);
            }
            if (found.next().isEmpty()) {
                lanes.call(new Keep(0, List.of(), Optional.of(CURRENT)));
                done = true;
                return;
            }
            next = found.next().get();
            if (!found.old().isEmpty() && next.uid() > 0) {
                return;
            }
        }
    }

    private void renew(Place place, MessageReading reading) throws IOException {
        var mailbox = new MailboxId(new AccountId(place.account()), place.mailbox());
        var found = new ArrayList<Renewed>(1);
        reading.read(
                mailbox,
                UidSet.of(place.uid()),
                Messages.Extent.OCTETS,
                message ->
                        found.add(
                                renewal(
                                        mailbox,
                                        MessageReading.bodyOf(message),
                                        message.uid(),
                                        parsed(message))));
        if (!found.isEmpty()) {
            lanes.call(new Keep(mailbox.account().value(), found, Optional.empty()));
        }
    }

    /// Whether every message has what this version computes of it, and so a thread if it can have
    /// one.
    public static boolean isDone(Session session) throws SQLException {
        return session.queryOne(
                        "select v from store_info where k = ?", row -> row.getString(1), FACT)
                .filter(CURRENT::equals)
                .isPresent();
    }

    /// Old rows among those that were looked at, and where the next ones are; nowhere at the end.
    private record Found(List<Place> old, Optional<Place> next) {}

    private record Row(long uid, int version) {}

    private static Found look(Session session, Place from) throws SQLException {
        var rows =
                session.query(
                        """
                        select uid, substring(meta from 1 for 1)
                        from message_meta
                        where account_id = ? and mailbox_id = ? and uid > ?
                        order by account_id, mailbox_id, uid
                        limit ?
                        """,
                        row -> new Row(row.getLong(1), row.getBytes(2)[0]),
                        from.account(),
                        from.mailbox(),
                        from.uid(),
                        AT_ONCE);
        var old =
                rows.stream()
                        .filter(row -> row.version() < MetaCodec.CURRENT)
                        .map(row -> new Place(from.account(), from.mailbox(), row.uid()))
                        .toList();
        if (rows.size() == AT_ONCE) {
            return new Found(
                    old,
                    Optional.of(new Place(from.account(), from.mailbox(), rows.getLast().uid())));
        }
        return new Found(old, nextMailbox(session, from));
    }

    private static Optional<Place> nextMailbox(Session session, Place from) throws SQLException {
        return session.queryOne(
                """
                select account_id, mailbox_id
                from mailbox
                where account_id >= ? and (account_id > ? or mailbox_id > ?)
                order by account_id, mailbox_id
                limit 1
                """,
                row -> new Place(row.getInt(1), row.getInt(2), 0),
                from.account(),
                from.account(),
                from.mailbox());
    }

    /// Keeps metas that were computed again, and gives their messages a thread if they have none.
    ///
    /// @param version when given: every meta of the store is of this version
    private record Keep(int owner, List<Renewed> metas, Optional<String> version)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return metas.isEmpty() ? Set.of() : Set.of(owner);
        }

        @Override
        public List<Threads.Newcomer> newcomers() {
            return metas.stream()
                    .map(each -> new Threads.Newcomer(owner, each.threadRefs()))
                    .toList();
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            for (var each : metas) {
                long thread = plan.threads().of(owner, each.threadRefs(), each.body());
                plan.rows().renewed.add(new GroupRows.RenewedMeta(each, thread));
            }
            version.ifPresent(value -> plan.rows().facts.put(FACT, value));
            return true;
        }
    }
}
