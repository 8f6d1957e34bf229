package org.postrider.smtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.smtp.submit.SenderPolicy;
import org.postrider.smtp.wire.ClientName;
import org.postrider.smtp.wire.MailParameters;
import org.postrider.smtp.wire.SmtpCommand;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.ReversePath;
import org.postrider.storage.testing.TestStores;

/// What a session answers when something happens that no dialogue can bring about.
class SessionTest {

    private static final Offer OFFER = new Offer(false, false, List.of(), false);

    @TempDir Path directory;

    @Test
    void aFullDiskRefusesAMessageBeforeItIsSent() {
        var hostname = new DomainName("mx.example.test");
        try (var store = TestStores.h2(directory)) {
            var session =
                    new Session(
                            new SessionRules(hostname, false, 10, 1_000_000),
                            new RecipientPolicy(store.directory(), hostname, null),
                            new SenderPolicy(store.directory()),
                            octets -> octets <= 1_000);
            session.answer(new SmtpCommand.Helo(new ClientName("client.test")), OFFER);
            assertThat(session.answer(mail(1_001), OFFER))
                    .isEqualTo(
                            new Answer.Reply(
                                    SmtpReply.of(
                                            452, 3, 1, "The server has no room for mail now")));
            assertThat(session.answer(mail(1_000), OFFER))
                    .isEqualTo(new Answer.Reply(SmtpReply.of(250, 1, 0, "Sender ok")));
        }
    }

    private static SmtpCommand mail(long octets) {
        return new SmtpCommand.Mail(
                new ReversePath.Null(), new MailParameters(octets, MailParameters.NONE.body()));
    }
}
