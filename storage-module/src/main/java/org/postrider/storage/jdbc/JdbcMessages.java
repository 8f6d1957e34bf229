package org.postrider.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.postrider.storage.jdbc.command.AppendCommand;
import org.postrider.storage.jdbc.command.CopyCommand;
import org.postrider.storage.jdbc.command.DeliverCommand;
import org.postrider.storage.jdbc.command.ExpungeCommand;
import org.postrider.storage.jdbc.command.StoreFlagsCommand;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.reading.MessageReading;
import org.postrider.storage.jdbc.search.MessageSearch;
import org.postrider.storage.mailbox.Appended;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.UidSet;

/// Messages: changes go to the lane, reading goes to the readers.
final class JdbcMessages implements Messages {

    private final LongPredicate room;
    private final MessageStaging staging;
    private final Lanes lanes;
    private final MessageReading reading;
    private final MessageSearch search;

    /// @param room whether the disk has room for so many octets
    JdbcMessages(
            LongPredicate room,
            MessageStaging staging,
            Lanes lanes,
            MessageReading reading,
            MessageSearch search) {
        this.room = room;
        this.staging = staging;
        this.lanes = lanes;
        this.reading = reading;
        this.search = search;
    }

    @Override
    public boolean hasRoom(long octets) {
        return room.test(octets);
    }

    @Override
    public Staging stage(InputStream octets, long limit) throws IOException {
        return staging.stage(octets, limit);
    }

    @Override
    public List<Outcome<Delivered>> deliver(Delivery delivery) {
        var message = given(delivery.message());
        return lanes.call(new DeliverCommand(delivery, message));
    }

    @Override
    public Outcome<Appended> append(MailboxId mailbox, List<NewMessage> messages) {
        var items =
                messages.stream()
                        .map(each ->
                                new AppendCommand.Item(
                                        given(each.message()),
                                        each.flags(),
                                        each.internalDate().toEpochMilli()))
                        .toList();
        return lanes.call(new AppendCommand(mailbox, items));
    }

    private static StagedMessage given(Staged staged) {
        var message = (StagedMessage) staged;
        message.give();
        return message;
    }

    @Override
    public Outcome<FlagsStored> storeFlags(
            MailboxId mailbox, UidSet uids, FlagChange change, OptionalLong unchangedSince) {
        return lanes.call(new StoreFlagsCommand(mailbox, uids, change, unchangedSince));
    }

    @Override
    public Outcome<UidSet> expunge(MailboxId mailbox, UidSet uids) {
        return lanes.call(new ExpungeCommand(mailbox, uids));
    }

    @Override
    public Outcome<Copied> copy(MailboxId from, UidSet uids, MailboxId to) {
        return lanes.call(new CopyCommand(from, uids, to, CopyCommand.Sources.STAY));
    }

    @Override
    public Outcome<Copied> move(MailboxId from, UidSet uids, MailboxId to) {
        return lanes.call(new CopyCommand(from, uids, to, CopyCommand.Sources.GO));
    }

    @Override
    public void read(MailboxId mailbox, UidSet uids, Extent extent, Reader reader)
            throws IOException {
        reading.read(mailbox, uids, extent, reader);
    }

    @Override
    public void search(MailboxView view, UidSet among, Criterion what, LongConsumer found) {
        search.search(view, among, what, found);
    }
}
