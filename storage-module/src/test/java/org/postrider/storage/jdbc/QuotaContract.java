package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What an account may have, on every database.
abstract class QuotaContract extends StoreFixture {

    private static Quota.Limits limits(long octets, long messages) {
        return new Quota.Limits(OptionalLong.of(octets), OptionalLong.of(messages));
    }

    private Quota quota() {
        return store.directory().quota(alice.id()).orElseThrow();
    }

    private Outcome<Delivered> deliver(Delivery.Admission admission) {
        try (var staged = staged(MESSAGE)) {
            var recipients = List.of(recipient(alice.id(), ""));
            return store.messages()
                    .deliver(new Delivery(staged, NOON, recipients, admission))
                    .getFirst();
        }
    }

    @Test
    void aQuotaIsWhatWasSetAndIsKept() {
        assertThat(quota()).isEqualTo(new Quota(0, 0, Quota.Limits.NONE));
        TestStores.setQuota(store, alice.id(), limits(1_000, 7));
        deliver(alice, "", MESSAGE);
        var expected = new Quota(MESSAGE.length(), 1, limits(1_000, 7));
        assertThat(quota()).isEqualTo(expected);
        reopen();
        assertThat(quota()).isEqualTo(expected);
        TestStores.setQuota(store, alice.id(), Quota.Limits.NONE);
        assertThat(quota().limits()).isEqualTo(Quota.Limits.NONE);
        var nobody = new AccountId(999);
        assertThat(store.directory().quota(nobody)).isEmpty();
    }

    @Test
    void whatWouldExceedItIsRefusedAsAWhole() {
        TestStores.setQuota(store, alice.id(), limits(1_000, 2));
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        try (var one = staged(MESSAGE);
                var two = staged(MESSAGE)) {
            var both =
                    List.of(
                            new NewMessage(one, Flags.NONE, NOON),
                            new NewMessage(two, Flags.NONE, NOON));
            assertThat(store.messages().append(inbox, both)).isEqualTo(refused(Refusal.OVER_QUOTA));
        }
        deliver(alice, "", MESSAGE);
        assertThat(store.messages().copy(inbox, UidSet.of(1), inbox))
                .isEqualTo(refused(Refusal.OVER_QUOTA));
        assertThat(deliver(Delivery.Admission.CHECKED)).isEqualTo(refused(Refusal.OVER_QUOTA));
    }

    @Test
    void anAcceptedRecipientGetsTheMessageAndWhatFreesSpaceIsNeverRefused() {
        deliver(alice, "", MESSAGE);
        TestStores.setQuota(store, alice.id(), limits(0, 0));
        done(deliver(Delivery.Admission.ACCEPTED));
        var inbox = inbox(alice);
        assertThat(view(inbox).size()).isEqualTo(2);
        assertThat(quota().hasRoom(0, 0)).isFalse();
        store(inbox, UidSet.range(1, 2), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.mailboxes().rename(alice.id(), MailboxName.INBOX, new MailboxName("Old")));
        var old = store.mailboxes().find(alice.id(), new MailboxName("Old")).orElseThrow().id();
        assertThat(done(store.messages().expunge(old, UidSet.of(1)))).isEqualTo(UidSet.of(1));
        done(store.mailboxes().delete(alice.id(), new MailboxName("Old")));
        assertThat(quota()).isEqualTo(new Quota(0, 0, limits(0, 0)));
        assertThat(quota().hasRoom(0, 0)).isTrue();
    }

    @Test
    void aMailboxIsGivenAnotherUse() {
        create("Receipts");
        var name = new MailboxName("Receipts");
        var used = store.mailboxes().setSpecialUse(alice.id(), name, SpecialUse.ARCHIVE);
        assertThat(done(used).specialUse()).isEqualTo(SpecialUse.ARCHIVE);
        reopen();
        var kept = store.mailboxes().find(alice.id(), name).orElseThrow();
        assertThat(kept.specialUse()).isEqualTo(SpecialUse.ARCHIVE);
        done(store.mailboxes().setSpecialUse(alice.id(), name, SpecialUse.NONE));
        assertThat(store.mailboxes().find(alice.id(), name).orElseThrow().specialUse())
                .isEqualTo(SpecialUse.NONE);
        var missing = new MailboxName("Missing");
        assertThat(store.mailboxes().setSpecialUse(alice.id(), missing, SpecialUse.JUNK))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
    }
}
