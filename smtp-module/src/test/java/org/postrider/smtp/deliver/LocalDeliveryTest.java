package org.postrider.smtp.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.Uid;

/// One reply stands for all recipients: never 250 while one of them has no copy.
final class LocalDeliveryTest {

    private static final Outcome<Delivered> DONE =
            new Outcome.Done<>(new Delivered(new MailboxId(new AccountId(1), 1), new Uid(1)));

    @Test
    void everybodyHasIt() {
        assertThat(reply(DONE, DONE)).isEqualTo("250 2.0.0 Stored as ID\r\n");
    }

    @Test
    void oneOfSeveralHasItNot() {
        assertThat(reply(DONE, refused(Refusal.OVER_QUOTA))).startsWith("451 4.2.0 ");
        assertThat(reply(refused(Refusal.NO_SUCH_MAILBOX), DONE)).startsWith("451 4.2.0 ");
    }

    @Test
    void nobodyHasItForOneReason() {
        assertThat(reply(refused(Refusal.OVER_QUOTA), refused(Refusal.OVER_QUOTA)))
                .startsWith("452 4.2.2 ");
        assertThat(reply(refused(Refusal.NO_SUCH_MAILBOX))).startsWith("550 5.2.1 ");
        assertThat(reply(refused(Refusal.LIMIT))).startsWith("451 4.2.0 ");
    }

    @Test
    void nobodyHasItForSeveralReasons() {
        assertThat(reply(refused(Refusal.OVER_QUOTA), refused(Refusal.NO_SUCH_MAILBOX)))
                .startsWith("451 4.2.0 ");
    }

    private static Outcome<Delivered> refused(Refusal why) {
        return new Outcome.Refused<>(why);
    }

    private static String reply(Outcome<Delivered> outcome) {
        return LocalDelivery.reply(List.of(outcome), "ID").text();
    }

    private static String reply(Outcome<Delivered> first, Outcome<Delivered> second) {
        return LocalDelivery.reply(List.of(first, second), "ID").text();
    }
}
