package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupRows.BoxKey;
import org.postrider.storage.jdbc.view.PageCodec;

/// What a group writes to `mailbox_page` and `mailbox_snapshot`.
public final class SnapshotRows {

    public record NewPage(BoxKey mailbox, int page, byte[] data) {}

    /// @param pages those that it consists of
    /// @param dropped pages that nobody names any more
    public record NewSnapshot(
            BoxKey mailbox, long modSeq, int total, int[] pages, List<Integer> dropped) {}

    public final List<NewPage> pages = new ArrayList<>();
    public final List<NewSnapshot> snapshots = new ArrayList<>();

    boolean isEmpty() {
        return pages.isEmpty() && snapshots.isEmpty();
    }

    /// Writes them.
    ///
    /// @param deleted mailboxes that the group deletes
    void write(Session session, List<BoxKey> deleted) throws SQLException {
        var batch = new Batch(session);
        batch.run(
                """
                insert into mailbox_page (account_id, mailbox_id, page, data)
                values (?, ?, ?, ?)
                """,
                pages,
                (s, page) -> {
                    s.setInt(1, page.mailbox().account());
                    s.setInt(2, page.mailbox().mailbox());
                    s.setInt(3, page.page());
                    s.setBytes(4, page.data());
                });
        for (var snapshot : snapshots) {
            write(session, snapshot);
        }
        for (var mailbox : deleted) {
            forget(session, mailbox);
            session.update(
                    "delete from mailbox_page where account_id = ? and mailbox_id = ?",
                    mailbox.account(),
                    mailbox.mailbox());
        }
    }

    private static void write(Session session, NewSnapshot snapshot) throws SQLException {
        var mailbox = snapshot.mailbox();
        forget(session, mailbox);
        session.update(
                """
                insert into mailbox_snapshot (account_id, mailbox_id, modseq, total, pages)
                values (?, ?, ?, ?, ?)
                """,
                mailbox.account(),
                mailbox.mailbox(),
                snapshot.modSeq(),
                snapshot.total(),
                PageCodec.encodeList(snapshot.pages()));
        if (!snapshot.dropped().isEmpty()) {
            session.update(
                    """
                    delete from mailbox_page
                    where account_id = ? and mailbox_id = ? and page = any(?)
                    """,
                    mailbox.account(),
                    mailbox.mailbox(),
                    session.array("int", snapshot.dropped().toArray()));
        }
    }

    private static void forget(Session session, BoxKey mailbox) throws SQLException {
        session.update(
                "delete from mailbox_snapshot where account_id = ? and mailbox_id = ?",
                mailbox.account(),
                mailbox.mailbox());
    }
}
