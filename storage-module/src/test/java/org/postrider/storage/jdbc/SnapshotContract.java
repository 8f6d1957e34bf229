package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.LiveAccount;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// A view that is read from pages is the view that everybody saw, and where pages are of no use the
/// rows are read.
abstract class SnapshotContract extends StoreFixture {

    private static final FlagChange FLAG = new FlagChange.Add(Flags.of(SystemFlag.FLAGGED));

    abstract StoreSettings database(Path directory);

    /// Every mailbox has pages, and they are never behind when they have been written.
    @Override
    StoreSettings settings(Path directory) {
        var limits = StoreLimits.USUAL;
        var views = new StoreLimits.Views(1 << 20, 1, 0);
        return database(directory).withLimits(limits.with(limits.memory().with(views)));
    }

    @Test
    void aMailboxIsOpenedFromPagesAndWhatTheLogHasAfterThem() throws Exception {
        var folder = filled("Folder", 3_000);
        pack();
        store(folder, UidSet.range(10, 40), new FlagChange.Add(keywords("late")));
        store(folder, UidSet.of(2_000), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(folder, UidSet.of(2_000)));
        append(folder, keywords("later"));
        assertOpensAs(folder, true);
        var packed = chunked(folder).pages().packed().orElseThrow();
        assertThat(packed.modSeq()).isLessThan(view(folder).highestModSeq().value());
    }

    @Test
    void onlyPagesThatChangedAreWrittenAgain() throws Exception {
        var folder = filled("Folder", 5_000);
        pack();
        var before = numbers("select page from mailbox_page order by page");
        assertThat(before).containsExactly(1L, 2L, 3L, 4L, 5L);
        store(folder, UidSet.of(2_500), FLAG);
        pack();
        assertThat(numbers("select page from mailbox_page order by page"))
                .containsExactly(1L, 2L, 4L, 5L, 6L);
        reopen();
        view(folder);
        store(folder, UidSet.of(1), FLAG);
        for (int i = 0; i < 10; i++) {
            append(folder, Flags.NONE);
        }
        pack();
        assertThat(numbers("select page from mailbox_page order by page"))
                .containsExactly(2L, 4L, 6L, 7L, 8L);
        assertOpensAs(folder, true);
    }

    @Test
    void aDamagedPageIsNotUsed() throws Exception {
        var folder = filled("Folder", 3_000);
        pack();
        var before = contents(folder);
        store.close();
        change("update mailbox_page set data = ? where page = 2", new byte[] {1, 2, 3, 4, 5, 6});
        reopen();
        assertThat(contents(folder)).isEqualTo(before);
        assertThat(chunked(folder).pages().packed()).isEmpty();
        pack();
        assertOpensAs(folder, true);
    }

    @Test
    void aMissingPageIsNoticed() throws Exception {
        var folder = filled("Folder", 3_000);
        pack();
        var before = contents(folder);
        store.close();
        change("delete from mailbox_page where page = 3");
        assertOpensAs(before, folder, false);
        pack();
    }

    @Test
    void pagesWhoseLogIsGoneAreNotUsed() throws Exception {
        var folder = filled("Folder", 1_500);
        pack();
        store(folder, UidSet.of(7), FLAG);
        var before = contents(folder);
        store.close();
        change("update account_state set log_floor = modseq");
        assertOpensAs(before, folder, false);
        pack();
        store(folder, UidSet.of(8), FLAG);
        assertOpensAs(folder, true);
        store.close();
        change("update account_state set log_floor = 0");
    }

    @Test
    void aDeletedMailboxHasNoPages() throws Exception {
        var folder = filled("Folder", 1_500);
        pack();
        assertThat(numbers("select page from mailbox_page")).hasSize(2);
        var durable = durable(folder);
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
        ((JdbcStore) store).snapshots().write(durable);
        assertThat(numbers("select page from mailbox_page")).isEmpty();
        assertThat(numbers("select modseq from mailbox_snapshot")).isEmpty();
    }

    @Test
    void pagesOfAWriterThatWasStoppedAreDropped() throws Exception {
        var folder = filled("Folder", 1_500);
        pack();
        var before = contents(folder);
        store.close();
        change("update mailbox_page set page = page + 10");
        assertOpensAs(before, folder, false);
        pack();
        assertThat(numbers("select page from mailbox_page order by page"))
                .containsExactly(13L, 14L);
        assertOpensAs(folder, true);
    }

    private void pack() {
        ((JdbcStore) store).snapshots().run();
    }

    private LiveAccount.Durable durable(MailboxId mailbox) {
        return new LiveAccount.Durable(chunked(mailbox), view(mailbox).highestModSeq().value());
    }

    private ChunkedView chunked(MailboxId mailbox) {
        return (ChunkedView) view(mailbox);
    }

    /// @param packed whether pages are used
    private void assertOpensAs(MailboxId mailbox, boolean packed) {
        assertOpensAs(contents(mailbox), mailbox, packed);
    }

    private void assertOpensAs(List<Object> before, MailboxId mailbox, boolean packed) {
        reopen();
        assertThat(contents(mailbox)).isEqualTo(before);
        assertThat(chunked(mailbox).pages().packed().isPresent()).isEqualTo(packed);
    }

    private List<Object> contents(MailboxId mailbox) {
        var view = chunked(mailbox);
        var all = new ArrayList<>();
        all.add(List.of(view.uidNext(), view.highestModSeq(), view.keywords(), view.unseen()));
        for (int i = 0; i < view.size(); i++) {
            all.add(List.of(view.row(i), view.modSeq(i), view.flags(i)));
        }
        return all;
    }

    private MailboxId filled(String name, int messages) {
        var folder = create(name);
        var random = new Random(messages);
        for (int left = messages; left > 0; left -= 500) {
            append(folder, Collections.nCopies(Math.min(left, 500), Flags.NONE));
        }
        for (int i = 0; i < 5; i++) {
            long from = 1L + random.nextInt(messages);
            var some = UidSet.range(from, from + random.nextInt(700));
            store(folder, some, new FlagChange.Add(keywords("word" + i)));
        }
        return folder;
    }

    private List<Long> numbers(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<Long>();
            while (rows.next()) {
                all.add(rows.getLong(1));
            }
            return all;
        }
    }

    private void change(String sql, Object... values) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private java.sql.Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }
}
