package org.postrider.storage.jdbc.restore;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.journal.JournaledPath;

/// After a restore numbers may have been given that nobody remembers. So all go on from far above,
/// and each live message counts as changed: no client keeps a stale flag or a ghost (RFC 7162
/// §3.2.6), and no UID is given twice.
final class RestoreEpoch {

    private static final long MODSEQ_STEP = 1L << 32;
    private static final int UID_STEP = 1_000_000;
    private static final int MAILBOX_STEP = 10_000;

    /// Derived from what the epoch changes, or counted anew.
    private static final List<String> FORGOTTEN =
            List.of("change_log", "mailbox_snapshot", "mailbox_page", "pack");

    private RestoreEpoch() {}

    /// Begins one in a database that nobody has open.
    static void begin(StoreSettings settings) throws SQLException {
        try (var session =
                new Session(
                        DriverManager.getConnection(
                                JournaledPath.url(settings.url())
                                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                                settings.user(),
                                settings.password()))) {
            session.connection().setAutoCommit(false);
            session.update(
                    """
                    update account_state
                    set modseq = modseq + ?, log_floor = modseq + ?, version = version + 1,
                        next_mailbox_id = least(next_mailbox_id + ?, 2147483647),
                        next_uidvalidity = least(next_uidvalidity + ?, 4294967296)
                    """,
                    MODSEQ_STEP,
                    MODSEQ_STEP,
                    MAILBOX_STEP,
                    MAILBOX_STEP);
            session.update(
                    """
                    update mailbox_state s
                    set uidnext = least(uidnext + ?, 4294967296), applied_seq = 32767,
                        (highest_modseq, applied_modseq, expunge_floor) = (
                            select modseq, modseq, modseq
                            from account_state a
                            where a.account_id = s.account_id)
                    """,
                    UID_STEP);
            session.update(
                    """
                    update message m
                    set modseq = (
                        select modseq from account_state a where a.account_id = m.account_id)
                    """);
            for (var table : FORGOTTEN) {
                session.update("delete from " + table);
            }
            session.commit();
            session.update("checkpoint sync");
        }
    }
}
