package org.postrider.storage.jdbc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.KeywordSet;
import org.postrider.storage.jdbc.account.KeywordSets;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SpecialUse;

/// Masks of a mailbox with more keywords than bits.
class KeywordsTest {

    private static final List<String> NAMES =
            IntStream.range(0, 600).mapToObj(i -> "word" + i).toList();
    private static final MailboxState STATE =
            MailboxState.created(1, 1, "INBOX", 7, SpecialUse.NONE, 1);

    @Test
    void thereMayBeMoreSetsOfKeywordsThanSixteenBitsCount() {
        int many = 70_001;
        var words = new Keywords(STATE.knowing(new KeywordBits(NAMES), 1));
        var flags = new ArrayList<Flags>();
        var rows = new ArrayList<MessageRow>();
        for (int i = 0; i < many; i++) {
            flags.add(new Flags(Set.of(), List.of(NAMES.get(i % 200), NAMES.get(200 + i / 200))));
            rows.add(new MessageRow(i + 1, words.mask(flags.get(i)), 1, 1));
        }
        assertThat(words.fit()).isTrue();
        assertThat(words.known().sets().count()).isEqualTo(many);
        var view = ChunkedView.empty(STATE).appending(rows, 2).at(STATE.knowing(words.known(), 2));
        for (int i = 0; i < many; i++) {
            assertThat(view.flags(i)).isEqualTo(flags.get(i));
        }
    }

    @Test
    void whatWasPlannedAndCameToNothingDoesNotCount() {
        var before =
                KeywordSets.of(
                        new TreeMap<>(Map.of(1, new KeywordSet("a"), 2, new KeywordSet("b"))));
        var failed = before.with(new KeywordSet("c")).with(new KeywordSet("d"));
        assertThat(failed.numberOf(new KeywordSet("d"))).hasValue(4);
        var now = before.with(new KeywordSet("d"));
        assertThat(now.numberOf(new KeywordSet("d"))).hasValue(3);
        assertThat(now.numberOf(new KeywordSet("c"))).isEmpty();
        assertThat(before.numberOf(new KeywordSet("d"))).isEmpty();
        assertThat(now.with(new KeywordSet("c")).set(4)).isEqualTo(new KeywordSet("c"));
        assertThat(before.set(2)).isEqualTo(new KeywordSet("b"));
    }
}
