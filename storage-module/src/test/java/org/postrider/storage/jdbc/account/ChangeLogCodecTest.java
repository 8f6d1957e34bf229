package org.postrider.storage.jdbc.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postrider.storage.mailbox.UidSet;

/// A record of the change log is read as it was written, and none is larger than a row may be.
class ChangeLogCodecTest {

    private static final int LARGEST_VALUE = 64 << 10;

    @Test
    void everyKindOfChangeIsReadAsItWasWritten() {
        var changes =
                List.of(
                        new Change.Added(
                                3,
                                List.of(
                                        new MessageRow(1, 0, 0, -1),
                                        new MessageRow(0xFFFF_FFFFL, 1L << 62, 7, Long.MAX_VALUE))),
                        new Change.Copied(
                                3,
                                9,
                                UidSet.of(4, 7, 8),
                                List.of(
                                        new MessageRow(1, 0, 0, -1),
                                        new MessageRow(2, -1, 5, 0),
                                        new MessageRow(3, 1L << 62, 7, Long.MAX_VALUE))),
                        new Change.FlagsSet(
                                3,
                                List.of(
                                        new Change.Masked(0, UidSet.of(1, 2, 9)),
                                        new Change.Masked(
                                                -1L >>> 1, UidSet.range(1, 0xFFFF_FFFFL)))),
                        new Change.Expunged(4, Change.Origin.POP3, UidSet.of(5, 7)),
                        new Change.Named(4, "Büro/Ω", 0xFFFF_FFFFL, 5, true),
                        new Change.Subscribed("INBOX", false),
                        new Change.QuotaSet(-1, 1L << 40),
                        new Change.KeywordMet(4, 62, "$Label1"));
        for (var change : changes) {
            assertThat(
                            ChangeLogCodec.decode(
                                    ChangeLogCodec.kind(change),
                                    change.mailbox(),
                                    ChangeLogCodec.encode(change)))
                    .isEqualTo(change);
        }
    }

    @Test
    void aLargeChangeBecomesSeveralRecords() {
        var messages = new ArrayList<MessageRow>();
        var uids = new UidRanges();
        for (int i = 1; i <= 10_000; i++) {
            messages.add(new MessageRow(i * 400_000L, -i, Integer.MAX_VALUE, Long.MIN_VALUE));
            uids.add(i * 400_000L);
        }
        var set = uids.toSet();
        var large =
                List.of(
                        new Change.Added(1, messages),
                        new Change.FlagsSet(1, List.of(new Change.Masked(1, set))),
                        new Change.FlagsSet(1, eachItsOwn(messages)),
                        new Change.Copied(1, 2, set, messages),
                        new Change.Expunged(1, Change.Origin.IMAP, set));
        for (var change : large) {
            var records = ChangeLogCodec.split(change);
            assertThat(records).hasSize(20);
            assertThat(records)
                    .allSatisfy(record ->
                            assertThat(ChangeLogCodec.encode(record))
                                    .hasSizeLessThan(LARGEST_VALUE));
        }
    }

    private static List<Change.Masked> eachItsOwn(List<MessageRow> messages) {
        return messages.stream()
                .map(row -> new Change.Masked(row.flags(), UidSet.of(row.uid())))
                .toList();
    }

    @Test
    void aRecordHasAsManyMessagesAsAreAppliedAtOnce() {
        var large = new Change.Expunged(1, Change.Origin.IMAP, UidSet.range(5, 1_254));
        assertThat(ChangeLogCodec.split(large))
                .containsExactly(
                        new Change.Expunged(1, Change.Origin.IMAP, UidSet.range(5, 504)),
                        new Change.Expunged(1, Change.Origin.IMAP, UidSet.range(505, 1_004)),
                        new Change.Expunged(1, Change.Origin.IMAP, UidSet.range(1_005, 1_254)));
    }
}
