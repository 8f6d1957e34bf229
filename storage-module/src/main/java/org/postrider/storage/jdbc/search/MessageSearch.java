package org.postrider.storage.jdbc.search;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.jdbc.reading.HeaderColumns;
import org.postrider.storage.jdbc.reading.MessageReading;
import org.postrider.storage.jdbc.reading.MetaRows;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.UidSet;

/// Searches a mailbox, some messages at a time: what the view decides is decided there; what it
/// leaves open is looked at in the rows of the messages; what these leave open, in their texts, and
/// at last in the messages.
public final class MessageSearch {

    /// Messages that are looked at together.
    private static final int AT_ONCE = 2_048;

    private static final String NUMBERS =
            """
            select m.uid, m.body_id, m.thread_id, m.savedate
            from message_meta m
            where m.account_id = ? and m.mailbox_id = ?
            """;

    private final MessageReading reading;
    private final HeaderColumns headers;
    private final TextRows texts;
    private final MetaRows rows;

    public MessageSearch(
            MessageReading reading, HeaderColumns headers, TextRows texts, MetaRows rows) {
        this.reading = reading;
        this.headers = headers;
        this.texts = texts;
        this.rows = rows;
    }

    public void search(MailboxView view, UidSet among, Criterion what, LongConsumer found) {
        try {
            var run = new Run(view, what, found);
            for (var range : among.ranges()) {
                int index = view.firstFrom(range.first());
                for (; index < view.size() && view.uid(index) <= range.last(); index++) {
                    run.look(index);
                }
            }
            run.flush();
        } catch (IOException e) {
            throw new StoreUnavailable("a message cannot be searched", e);
        }
    }

    /// One search under way.
    private final class Run {
        private final MailboxView view;
        private final Criterion what;
        private final LongConsumer found;
        private final SearchNeeds needs;
        private final KnownOfView known;

        /// Messages that wait for the ones before them, and what is known of each.
        private final int[] indexes = new int[AT_ONCE];

        private final long[] uids = new long[AT_ONCE];
        private final Verdict[] verdicts = new Verdict[AT_ONCE];
        private int waiting;

        Run(MailboxView view, Criterion what, LongConsumer found) {
            this.view = view;
            this.what = what;
            this.found = found;
            this.needs = new SearchNeeds(what);
            this.known = new KnownOfView(view);
        }

        void look(int index) throws IOException {
            var verdict = Verdict.of(what, known.at(index));
            if (verdict == Verdict.YES && waiting == 0) {
                found.accept(view.uid(index));
            } else if (verdict != Verdict.NO) {
                indexes[waiting] = index;
                uids[waiting] = view.uid(index);
                verdicts[waiting] = verdict;
                waiting++;
                if (waiting == AT_ONCE) {
                    flush();
                }
            }
        }

        /// Decides what waits.
        void flush() throws IOException {
            if (waiting > 0) {
                decide();
                for (int at = 0; at < waiting; at++) {
                    if (verdicts[at] == Verdict.YES) {
                        found.accept(uids[at]);
                    }
                }
                waiting = 0;
            }
        }

        private void decide() throws IOException {
            var mailbox = view.mailbox();
            var columns =
                    needs.columns().isEmpty()
                            ? Map.<String, HeaderColumns.Column>of()
                            : headers.of(mailbox, needs.columns(), uids, waiting);
            var meta = new KnownOfMeta(known, needs, columns, numbers(mailbox));
            for (int at = 0; at < waiting; at++) {
                if (verdicts[at] == Verdict.OPEN) {
                    verdicts[at] = Verdict.of(what, meta.at(indexes[at], at, uids[at]));
                }
            }
            if (needs.bodies()) {
                texts.read(
                        mailbox,
                        open(),
                        (uid, trace, text) -> {
                            int at = Arrays.binarySearch(uids, 0, waiting, uid);
                            var known = meta.at(indexes[at], at, uid);
                            verdicts[at] =
                                    Verdict.of(what, new KnownOfText(known, needs, trace, text));
                        });
            }
            reading.read(
                    mailbox,
                    open(),
                    Messages.Extent.META,
                    message -> {
                        int at = Arrays.binarySearch(uids, 0, waiting, message.uid());
                        var known = meta.at(indexes[at], at, uids[at]);
                        verdicts[at] = Verdict.of(what, new KnownOfMessage(known, needs, message));
                    });
        }

        /// The messages of which it is not known yet.
        private UidSet open() {
            var open = new UidRanges();
            for (int at = 0; at < waiting; at++) {
                if (verdicts[at] == Verdict.OPEN) {
                    open.add(uids[at]);
                }
            }
            return open.toSet();
        }

        private Map<Long, KnownOfMeta.Numbers> numbers(MailboxId mailbox) throws IOException {
            var numbers = new HashMap<Long, KnownOfMeta.Numbers>();
            if (needs.numbers()) {
                var wanted = new UidRanges();
                for (int at = 0; at < waiting; at++) {
                    wanted.add(uids[at]);
                }
                rows.read(
                        mailbox,
                        wanted.toSet(),
                        NUMBERS,
                        new NumbersReader(),
                        row -> numbers.put(row.uid(), row.numbers()));
            }
            return numbers;
        }
    }

    private record NumbersRow(long uid, KnownOfMeta.Numbers numbers) {}

    private static final class NumbersReader implements MetaRows.RowReader<NumbersRow> {

        private static final int OCTETS = 64;

        @Override
        public NumbersRow read(ResultSet row, Backlogs.Place place) throws SQLException {
            return new NumbersRow(
                    place.uid(row.getLong(1)),
                    new KnownOfMeta.Numbers(
                            row.getLong(2), row.getLong(3), place.saved(row.getLong(4))));
        }

        @Override
        public long uid(NumbersRow row) {
            return row.uid();
        }

        @Override
        public int octets(NumbersRow row) {
            return OCTETS;
        }
    }
}
