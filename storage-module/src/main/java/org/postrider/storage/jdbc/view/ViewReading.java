package org.postrider.storage.jdbc.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.mailbox.MailboxId;

/// Reads a view in a transaction of its own that sees one moment, beside the lane. Only where what
/// a reader sees is durable: on PostgreSQL.
public final class ViewReading {

    private ViewReading() {}

    /// A view and the MODSEQ of its account at that moment.
    public record Read(ChunkedView view, long modSeq) {}

    public static Optional<Read> read(Session session, MailboxId mailbox) throws SQLException {
        var connection = session.connection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return readNow(new AccountLoader(session), mailbox);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Optional<Read> readNow(AccountLoader loader, MailboxId mailbox)
            throws SQLException {
        int account = mailbox.account().value();
        var bare = loader.find(account);
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        var state =
                loader.complete(bare.get(), new LiveAccount(account, _ -> {}))
                        .mailboxes()
                        .get(mailbox.number());
        return state == null
                ? Optional.empty()
                : Optional.of(new Read(loader.view(state), bare.get().modSeq()));
    }
}
