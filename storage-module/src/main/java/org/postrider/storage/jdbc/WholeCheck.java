package org.postrider.storage.jdbc;

import java.sql.SQLException;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;

/// Checks what is not of one account.
final class WholeCheck {

    private final Session session;
    private final Findings findings;

    WholeCheck(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void run() throws SQLException {
        numbers();
        orphans();
        feed();
        leases();
        pages();
    }

    private void numbers() throws SQLException {
        look(
                Invariant.M10,
                """
                select a.account_id, cast(i.v as bigint)
                from account a
                join store_info i on i.k = 'next_account_id'
                where a.account_id >= cast(i.v as bigint)
                """,
                "account %d has a number that is not below the next, %d");
        look(
                Invariant.M10,
                """
                select s.account_id, s.modseq
                from account_state s
                left join account a on a.account_id = s.account_id
                where a.account_id is null
                """,
                "account %d has a row in account_state and none in account, MODSEQ %d");
    }

    /// Rows of mailboxes that are not whole.
    private void orphans() throws SQLException {
        look(
                Invariant.M10,
                """
                select m.account_id, m.mailbox_id
                from mailbox m
                left join mailbox_state s
                    on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                where s.account_id is null
                """,
                "mailbox %d/%d has no row in mailbox_state");
        look(
                Invariant.M10,
                """
                select s.account_id, s.mailbox_id
                from mailbox_state s
                left join mailbox m on m.account_id = s.account_id and m.mailbox_id = s.mailbox_id
                where m.account_id is null
                """,
                "mailbox %d/%d has a row in mailbox_state and none in mailbox");
    }

    private void feed() throws SQLException {
        look(
                Invariant.D4,
                """
                select stream_id, max(n) - min(n) + 1 - count(*)
                from feed
                group by stream_id
                having max(n) - min(n) + 1 <> count(*)
                """,
                "stream %d lacks %d groups among those it has");
    }

    private void leases() throws SQLException {
        look(
                Invariant.P1,
                """
                select l.account_id, l.mailbox_id
                from maildrop_lease l
                left join mailbox m on m.account_id = l.account_id and m.mailbox_id = l.mailbox_id
                where m.account_id is null or l.epoch < 0
                """,
                "the lease of maildrop %d/%d is of none that exists, or has no epoch");
    }

    private void pages() throws SQLException {
        look(
                Invariant.A5,
                """
                select s.account_id, s.mailbox_id
                from mailbox_snapshot s
                left join mailbox_state m
                    on m.account_id = s.account_id and m.mailbox_id = s.mailbox_id
                left join account_state a on a.account_id = s.account_id
                where m.mailbox_id is null or a.modseq is null or s.modseq > a.modseq
                """,
                "the packed view of mailbox %d/%d is of a later MODSEQ, or of no mailbox");
    }

    private void look(Invariant rule, String sql, String what) throws SQLException {
        session.forEach(
                sql,
                row ->
                        findings.add(
                                rule, Place.STORE, what.formatted(row.getLong(1), row.getLong(2))));
    }
}
