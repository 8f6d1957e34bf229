package org.postrider.storage.jdbc.group;

import org.postrider.storage.jdbc.database.RowStatement;

/// The rows that [RowWriter] writes again and again, with the columns in which they are given.
final class RowStatements {

    private static final String MESSAGE_KEY = "account_id int, mailbox_id int, uid bigint";

    static final RowStatement CHUNKS =
            RowStatement.insert("body_chunk", "blob_id bigint, n int, data bytea");
    static final RowStatement BODIES =
            RowStatement.insert(
                    "body",
                    """
                    account_id int, body_id bigint, refs int, size int, hdr_len int, pack_id bigint,
                    pack_off bigint, pack_len int, codec int, sha256 bytea, created_at bigint\
                    """);
    static final RowStatement MESSAGES =
            RowStatement.insert(
                    "message",
                    MESSAGE_KEY + ", modseq bigint, flags bigint, size int, idate bigint");
    static final RowStatement METAS =
            RowStatement.insert(
                    "message_meta",
                    MESSAGE_KEY
                            + """
                            , body_id bigint, savedate bigint, prefix bytea, meta bytea,
                            thread_id bigint\
                            """);
    static final RowStatement THREADS =
            RowStatement.insert("thread_ref", "account_id int, ref bigint, thread_id bigint");
    static final RowStatement FLAGS =
            RowStatement.update("message", "flags bigint, modseq bigint", MESSAGE_KEY);
    static final RowStatement EXPUNGED =
            RowStatement.insert(
                    "expunged",
                    MESSAGE_KEY
                            + """
                            , modseq bigint, flags bigint, size int, idate bigint,
                            expunged_at bigint, purge_at bigint, origin int\
                            """);
    static final RowStatement NO_MESSAGES = RowStatement.delete("message", MESSAGE_KEY);
    static final RowStatement LOG =
            RowStatement.insert(
                    "change_log",
                    """
                    account_id int, modseq bigint, seq int, mailbox_id int, kind int, at bigint,
                    data bytea\
                    """);
    static final RowStatement MAILBOXES =
            RowStatement.update(
                    "mailbox_state",
                    """
                    uidnext bigint, highest_modseq bigint, applied_modseq bigint, applied_seq int,
                    total int, unseen int, deleted int, bytes bigint\
                    """,
                    "account_id int, mailbox_id int");
    static final RowStatement ACCOUNTS =
            RowStatement.update(
                    "account_state",
                    """
                    version bigint, modseq bigint, next_mailbox_id int, next_uidvalidity bigint,
                    used_bytes bigint, used_msgs bigint, quota_bytes bigint, quota_msgs bigint\
                    """,
                    "account_id int");

    private RowStatements() {}
}
