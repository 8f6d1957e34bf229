package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.mailbox.UidSet;

/// Somebody who reads nothing of an account but its change log, now and then, and has the account:
/// the log tells everything, in order and without a gap.
final class LogFold {

    private record Message(long mask, long octets, long date, long modSeq) {}

    private static final class Box {
        private String name = "";
        private long uidValidity;
        private boolean deleted;
        private long uidNext = 1;
        private KeywordBits keywords = KeywordBits.NONE;
        private final TreeMap<Long, Message> messages = new TreeMap<>();
    }

    private record Written(long modSeq, int seq, Change change) {}

    private final StoreSettings settings;
    private final int account;
    private final Map<Integer, Box> boxes = new HashMap<>();
    private final TreeSet<String> subscriptions = new TreeSet<>();
    private long quotaOctets = -1;
    private long quotaMessages = -1;
    private long modSeq = 1;
    private int seq;

    LogFold(StoreSettings settings, Account account) {
        this.settings = settings;
        this.account = account.id().value();
    }

    /// Reads what has been added.
    synchronized void look() {
        try (var connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            news(new Session(connection)).forEach(this::take);
        } catch (SQLException e) {
            throw new AssertionError("the change log cannot be read", e);
        }
    }

    private List<Written> news(Session session) throws SQLException {
        return session.query(
                """
                select modseq, seq, mailbox_id, kind, data
                from change_log
                where account_id = ? and (modseq > ? or (modseq = ? and seq > ?))
                order by modseq, seq
                """,
                row ->
                        new Written(
                                row.getLong(1),
                                row.getInt(2),
                                ChangeLogCodec.decode(
                                        row.getInt(4), row.getInt(3), row.getBytes(5))),
                account,
                modSeq,
                modSeq,
                seq);
    }

    /// No record is seen before the one before it.
    private void take(Written next) {
        boolean same = next.modSeq() == modSeq;
        assertThat(next.modSeq()).isEqualTo(same ? modSeq : modSeq + 1);
        assertThat(next.seq()).isEqualTo(same ? seq + 1 : 1);
        modSeq = next.modSeq();
        seq = next.seq();
        switch (next.change()) {
            case Change.Added(int mailbox, var messages) -> arrive(mailbox, messages);
            case Change.Copied(int mailbox, _, _, var messages) -> arrive(mailbox, messages);
            case Change.FlagsSet(int mailbox, var groups) ->
                    groups.forEach(group -> flag(mailbox, group));
            case Change.Expunged(int mailbox, _, var uids) -> expunge(mailbox, uids);
            case Change.Named named -> name(named);
            case Change.KeywordMet(int mailbox, int bit, var name) -> {
                assertThat(bit).isEqualTo(box(mailbox).keywords.nextBit());
                box(mailbox).keywords = box(mailbox).keywords.with(name);
            }
            case Change.KeywordSetsMet(int mailbox, _, var sets) -> {
                for (var set : sets) {
                    box(mailbox).keywords = box(mailbox).keywords.with(set);
                }
            }
            case Change.Subscribed(var name, boolean subscribed) ->
                    assertThat(subscribed ? subscriptions.add(name) : subscriptions.remove(name))
                            .isTrue();
            case Change.QuotaSet(long octets, long messages) -> {
                quotaOctets = octets;
                quotaMessages = messages;
            }
        }
    }

    private Box box(int number) {
        return boxes.computeIfAbsent(number, _ -> new Box());
    }

    /// No UID is seen before the one before it.
    private void arrive(int mailbox, List<MessageRow> messages) {
        var box = box(mailbox);
        for (var row : messages) {
            assertThat(row.uid()).isEqualTo(box.uidNext++);
            box.messages.put(row.uid(), new Message(row.flags(), row.size(), row.date(), modSeq));
        }
    }

    private void flag(int mailbox, Change.Masked group) {
        group.uids()
                .forEach(uid ->
                        assertThat(
                                        box(mailbox)
                                                .messages
                                                .computeIfPresent(
                                                        uid,
                                                        (_, was) ->
                                                                new Message(
                                                                        group.flags(),
                                                                        was.octets(),
                                                                        was.date(),
                                                                        modSeq)))
                                .as("UID %d is there", uid)
                                .isNotNull());
    }

    private void expunge(int mailbox, UidSet uids) {
        uids.forEach(uid -> assertThat(box(mailbox).messages.remove(uid)).isNotNull());
    }

    private void name(Change.Named named) {
        var box = box(named.mailbox());
        box.name = named.name();
        box.uidValidity = named.uidValidity();
        box.deleted = named.deleted();
    }

    /// The log made the same of the account as its commands.
    synchronized void assertIs(ModelAccount model) {
        assertThat(modSeq).isEqualTo(model.modSeq);
        assertThat(subscriptions).isEqualTo(model.subscriptions);
        assertThat(quotaOctets).isEqualTo(model.limits.octets().orElse(-1));
        assertThat(quotaMessages).isEqualTo(model.limits.messages().orElse(-1));
        var live = new TreeMap<String, Integer>();
        boxes.forEach((number, box) -> {
            if (!box.deleted) {
                live.put(box.name, number);
                assertIs(box, model.named(box.name));
            }
        });
        assertThat(live.keySet()).isEqualTo(model.live.keySet());
    }

    private static void assertIs(Box box, ModelMailbox model) {
        assertThat(box.uidValidity).as("UIDVALIDITY of %s", model).isEqualTo(model.uidValidity);
        assertThat(box.uidNext).as("UIDNEXT of %s", model).isEqualTo(model.uidNext);
        assertThat(box.messages.keySet()).isEqualTo(model.messages.keySet());
        box.messages.forEach((uid, message) -> {
            var expected = model.message(uid);
            assertThat(box.keywords.flags(message.mask())).isEqualTo(expected.flags());
            assertThat(message.octets()).isEqualTo(expected.octets());
            assertThat(message.date()).isEqualTo(expected.date());
            assertThat(message.modSeq()).isEqualTo(expected.modSeq());
        });
    }
}
