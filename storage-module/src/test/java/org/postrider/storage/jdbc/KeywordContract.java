package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// A mailbox may have many more keywords than a mask has bits.
abstract class KeywordContract extends StoreFixture {

    private static final int MANY = 150;

    @Test
    void everyMessageHasTheKeywordsItWasGiven() {
        var folder = crowded("Folder");
        store(folder, UidSet.of(2), new FlagChange.Add(keywords("word149", "word3")));
        store(folder, UidSet.of(150), new FlagChange.Remove(keywords("WORD149")));
        store(folder, UidSet.of(149), new FlagChange.Replace(seen("word0", "Word148")));
        for (int round = 0; round < 2; round++) {
            var view = view(folder);
            assertThat(view.keywords()).isEqualTo(words(MANY));
            assertThat(view.flags(0)).isEqualTo(keywords("word0"));
            assertThat(view.flags(1)).isEqualTo(keywords("word1", "word149", "word3"));
            assertThat(view.flags(147)).isEqualTo(keywords("word147"));
            assertThat(view.flags(148)).isEqualTo(seen("word0", "word148"));
            assertThat(view.flags(149)).isEqualTo(Flags.NONE);
            assertThat(view.unseen()).isEqualTo(MANY - 1);
            reopen();
        }
    }

    @Test
    void equalFlagsAreNoChange() {
        var folder = crowded("Folder");
        var both = keywords("word140", "word1");
        assertThat(store(folder, UidSet.of(1, 2), new FlagChange.Replace(both)).changed())
                .isEqualTo(UidSet.of(1, 2));
        var before = view(folder);
        assertThat(before.flags(0)).isSameAs(before.flags(1));
        assertThat(store(folder, UidSet.of(1, 2), new FlagChange.Add(keywords("word140"))))
                .extracting(stored -> stored.changed())
                .isEqualTo(UidSet.EMPTY);
        store(folder, UidSet.of(1), new FlagChange.Remove(keywords("word140", "word120")));
        store(folder, UidSet.of(2), new FlagChange.Replace(keywords("word1")));
        var after = view(folder);
        assertThat(after.flags(0)).isSameAs(after.flags(1)).isEqualTo(keywords("word1"));
        assertThat(after.since(before).changed()).isEqualTo(UidSet.of(1, 2));
    }

    @Test
    void messagesChangedTooLateAreLeftAlone() {
        var folder = crowded("Folder");
        store(folder, UidSet.of(100), new FlagChange.Add(keywords("word101")));
        long then = view(folder).modSeq(99).value() - 1;
        var stored =
                done(
                        store.messages()
                                .storeFlags(
                                        folder,
                                        UidSet.range(99, 101),
                                        new FlagChange.Add(keywords("word120")),
                                        OptionalLong.of(then)));
        assertThat(stored.modified()).isEqualTo(UidSet.of(100));
        assertThat(stored.changed()).isEqualTo(UidSet.of(99, 101));
        assertThat(view(folder).flags(99)).isEqualTo(keywords("word99", "word101"));
    }

    @Test
    void copiesKeepTheirKeywordsInAMailboxThatNumbersThemOtherwise() {
        var from = crowded("From");
        var to = create("To");
        for (int i = MANY - 1; i >= MANY - 60; i--) {
            append(to, keywords("word" + i));
        }
        store(from, UidSet.range(1, 3), new FlagChange.Add(keywords("word149", "word100")));
        done(store.messages().copy(from, UidSet.range(1, MANY), to));
        reopen();
        var source = view(from);
        var target = view(to);
        assertThat(target.keywords().size()).isEqualTo(MANY);
        assertThat(target.keywords().getFirst()).isEqualTo("word149");
        for (int i = 0; i < MANY; i++) {
            assertThat(target.flags(60 + i)).isEqualTo(source.flags(i));
        }
    }

    @Test
    void aMaildropMarksAndRemovesThemToo() {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        store(inbox, UidSet.of(1), new FlagChange.Add(new Flags(Set.of(), words(80))));
        store(inbox, UidSet.of(2), new FlagChange.Add(keywords("word79")));
        var maildrop = done(store.maildrops().open(alice.id(), "test"));
        done(maildrop.update(UidSet.of(2), UidSet.of(1)));
        assertThat(status(inbox).unseen()).isZero();
        assertThat(view(inbox).flags(0).keywords()).hasSize(80);
        store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        assertThat(status(inbox).deleted()).isEqualTo(1);
        assertThat(done(store.messages().expunge(inbox, UidSet.of(1)))).isEqualTo(UidSet.of(1));
    }

    @Test
    void aMailboxHasALimitOfKeywords() {
        var folder = create("Folder");
        append(folder, Flags.NONE);
        var most = new FlagChange.Add(new Flags(Set.of(), words(KeywordBits.MOST)));
        store(folder, UidSet.of(1), most);
        var before = view(folder);
        assertThat(before.flags(0).keywords()).hasSize(KeywordBits.MOST);
        assertThat(
                        store.messages()
                                .storeFlags(
                                        folder,
                                        UidSet.of(1),
                                        new FlagChange.Add(keywords("onemore")),
                                        OptionalLong.empty()))
                .isEqualTo(refused(Refusal.LIMIT));
        assertThat(view(folder).highestModSeq()).isEqualTo(before.highestModSeq());
        store(folder, UidSet.of(1), new FlagChange.Remove(new Flags(Set.of(), words(4_000))));
        reopen();
        assertThat(view(folder).flags(0).keywords()).hasSize(96);
    }

    /// A mailbox with as many messages as it has keywords, each message with its own.
    private MailboxId crowded(String name) {
        var folder = create(name);
        var all = new ArrayList<Flags>();
        words(MANY).forEach(word -> all.add(keywords(word)));
        append(folder, all);
        return folder;
    }

    private static Flags seen(String... words) {
        return new Flags(Set.of(SystemFlag.SEEN), List.of(words));
    }

    private static List<String> words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "word" + i).toList();
    }
}
