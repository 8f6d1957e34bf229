package org.postrider.smtp.server;

import java.time.InstantSource;
import java.util.function.LongPredicate;
import org.postrider.smtp.receive.RecipientPolicy;
import org.postrider.smtp.receive.Session;
import org.postrider.smtp.receive.SessionRules;
import org.postrider.smtp.submit.SenderPolicy;
import org.postrider.storage.Store;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.LineProtocol;
import org.postrider.transport.sasl.Sasl;

/// SMTP on one listener, as MX or for submission.
public final class SmtpProtocol implements LineProtocol {

    private final SmtpSettings settings;
    private final Sasl sasl;
    private final LoginOffers offers;
    private final MessageIntake intake;
    private final SessionRules rules;
    private final RecipientPolicy recipients;
    private final SenderPolicy senders;
    private final LongPredicate room;

    public SmtpProtocol(SmtpSettings settings, Store store, Sasl sasl, InstantSource clock) {
        this.settings = settings;
        this.sasl = sasl;
        this.offers = new LoginOffers(settings, sasl);
        this.intake =
                new MessageIntake(
                        store.messages(), settings.limits(), new MessageIds(clock), clock);
        this.rules =
                new SessionRules(
                        settings.hostname(),
                        settings.kind() == ServiceKind.SUBMISSION,
                        settings.limits().recipients(),
                        settings.limits().messageOctets());
        this.recipients =
                new RecipientPolicy(store.directory(), settings.hostname(), settings.postmaster());
        this.senders = new SenderPolicy(store.directory());
        this.room = store.messages()::hasRoom;
    }

    @Override
    public String name() {
        return switch (settings.kind()) {
            case MX -> "smtp";
            case SUBMISSION -> "submission";
        };
    }

    @Override
    public Conversation converse(Connection connection) {
        return new SmtpConversation(
                settings,
                connection,
                new Session(rules, recipients, senders, room),
                offers,
                new LoginDialogue(connection, sasl, settings.limits()),
                intake);
    }
}
