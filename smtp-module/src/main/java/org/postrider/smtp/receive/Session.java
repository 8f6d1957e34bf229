package org.postrider.smtp.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.postrider.smtp.submit.SenderPolicy;
import org.postrider.smtp.wire.ClientName;
import org.postrider.smtp.wire.MailParameters;
import org.postrider.smtp.wire.SmtpCommand;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.address.ReversePath;
import org.postrider.transport.sasl.Identity;

/// The order in which a client may say things, and what is answered (RFC 5321 §4.1.4).
///
/// Who logged in is independent of how far the session is: a login outlives greetings and messages,
/// and only TLS makes the session begin anew (RFC 3207 §4.2). A login on the MX makes of it a
/// submission session: from then on the sender must belong to the account.
public final class Session {

    private final SessionRules rules;
    private final RecipientPolicy recipients;
    private final SenderPolicy senders;
    private final LongPredicate room;
    private SessionState state = new SessionState.Connected();
    private @Nullable Identity login;

    /// @param room whether the store has room for a message of so many octets
    public Session(
            SessionRules rules,
            RecipientPolicy recipients,
            SenderPolicy senders,
            LongPredicate room) {
        this.room = room;
        this.rules = rules;
        this.recipients = recipients;
        this.senders = senders;
    }

    public SmtpReply greeting() {
        return SmtpReply.plain(220, rules.hostname() + " ESMTP Postrider");
    }

    /// Who logged in.
    public Optional<Identity> login() {
        return Optional.ofNullable(login);
    }

    public Answer answer(SmtpCommand command, Offer offer) {
        return switch (command) {
            case SmtpCommand.Ehlo(var client) -> ehlo(client, offer);
            case SmtpCommand.Helo(var client) -> helo(client);
            case SmtpCommand.StartTls() -> startTls(offer);
            case SmtpCommand.Auth auth -> auth(auth, offer);
            case SmtpCommand.Mail(var sender, var parameters) -> reply(mail(sender, parameters));
            case SmtpCommand.Rcpt rcpt -> reply(rcpt(rcpt));
            case SmtpCommand.Data() -> data();
            case SmtpCommand.Rset() -> reset();
            case SmtpCommand.Noop() -> reply(SmtpReply.of(250, 0, 0, "Ok"));
            case SmtpCommand.Quit() ->
                    new Answer.Goodbye(SmtpReply.of(221, 0, 0, rules.hostname() + " closing"));
            case SmtpCommand.Vrfy() ->
                    reply(SmtpReply.of(252, 0, 0, "Send to it and see; addresses are not told"));
            case SmtpCommand.Help() ->
                    reply(SmtpReply.of(214, 0, 0, "Postrider speaks SMTP as RFC 5321 has it"));
            case SmtpCommand.NotImplemented() ->
                    reply(SmtpReply.of(502, 5, 1, "Command not implemented"));
            case SmtpCommand.OtherProtocol() ->
                    new Answer.Goodbye(
                            SmtpReply.of(421, 7, 0, rules.hostname() + " This is a mail server"));
        };
    }

    /// TLS began: nothing that was said before counts (RFC 3207 §4.2).
    public void encrypted() {
        state = new SessionState.Connected();
        login = null;
    }

    public void loggedIn(Identity identity) {
        login = identity;
    }

    /// The message was taken or refused; either way the next one begins with MAIL.
    public void transactionEnded() {
        state =
                switch (state) {
                    case SessionState.Sending(var hello, _) -> new SessionState.Greeted(hello);
                    case SessionState.Connected connected -> connected;
                    case SessionState.Greeted greeted -> greeted;
                };
    }

    /// PIPELINING (RFC 2920 §3) needs nothing but that it be announced: replies go out when no
    /// command waits.
    private Answer ehlo(ClientName client, Offer offer) {
        state = new SessionState.Greeted(new Hello(client, true));
        var lines = new ArrayList<String>();
        lines.add(rules.hostname() + " at your service");
        lines.add("PIPELINING");
        lines.add("SIZE " + rules.octets());
        lines.add("8BITMIME");
        if (offer.startTls()) {
            lines.add("STARTTLS");
        }
        if (login == null && !offer.mechanisms().isEmpty()) {
            lines.add("AUTH " + String.join(" ", offer.mechanisms()));
        }
        lines.add("ENHANCEDSTATUSCODES");
        return reply(new SmtpReply(250, null, lines));
    }

    private Answer helo(ClientName client) {
        state = new SessionState.Greeted(new Hello(client, false));
        return reply(new SmtpReply(250, null, List.of(rules.hostname().value())));
    }

    private Answer startTls(Offer offer) {
        if (offer.encrypted()) {
            return reply(SmtpReply.of(503, 5, 1, "TLS is active already"));
        }
        if (!offer.startTls()) {
            return reply(SmtpReply.of(502, 5, 1, "Command not implemented"));
        }
        return new Answer.BeginTls(SmtpReply.of(220, 0, 0, "Begin TLS now"));
    }

    private Answer auth(SmtpCommand.Auth auth, Offer offer) {
        if (login != null) {
            return reply(SmtpReply.of(503, 5, 1, "Logged in already"));
        }
        return switch (state) {
            case SessionState.Connected() -> reply(sayHelloFirst());
            case SessionState.Sending(_, _) ->
                    reply(SmtpReply.of(503, 5, 1, "No login between MAIL and the message"));
            case SessionState.Greeted(_) -> {
                if (offer.mechanisms().contains(auth.mechanism())) {
                    yield new Answer.BeginLogin(auth.mechanism(), auth.initialResponse());
                }
                yield reply(noSuchMechanism(offer));
            }
        };
    }

    private static SmtpReply noSuchMechanism(Offer offer) {
        if (!offer.mechanisms().isEmpty()) {
            return SmtpReply.of(504, 5, 4, "Mechanism not offered");
        }
        return offer.loginNeedsTls()
                ? SmtpReply.of(538, 7, 11, "Encryption required before login")
                : SmtpReply.of(502, 5, 1, "Command not implemented");
    }

    private SmtpReply mail(ReversePath sender, MailParameters parameters) {
        return switch (state) {
            case SessionState.Connected() -> sayHelloFirst();
            case SessionState.Sending(_, _) ->
                    SmtpReply.of(503, 5, 1, "A message is under way; RSET drops it");
            case SessionState.Greeted(var hello) ->
                    refusal(sender, parameters).orElseGet(() -> begin(hello, sender, parameters));
        };
    }

    private Optional<SmtpReply> refusal(ReversePath sender, MailParameters parameters) {
        if (rules.loginRequired() && login == null) {
            return Optional.of(SmtpReply.of(530, 7, 0, "Authentication required"));
        }
        if (parameters.octets() > rules.octets()) {
            return Optional.of(tooLarge(rules.octets()));
        }
        if (!room.test(parameters.octets())) {
            return Optional.of(SmtpReply.of(452, 3, 1, "The server has no room for mail now"));
        }
        return login().flatMap(who -> senders.refusal(sender, who));
    }

    private SmtpReply begin(Hello hello, ReversePath sender, MailParameters parameters) {
        var transaction = new Transaction(sender, parameters.octets());
        state = new SessionState.Sending(hello, transaction);
        return SmtpReply.of(250, 1, 0, "Sender ok");
    }

    private SmtpReply rcpt(SmtpCommand.Rcpt rcpt) {
        return switch (state) {
            case SessionState.Connected() -> sayHelloFirst();
            case SessionState.Greeted(_) -> SmtpReply.of(503, 5, 1, "MAIL comes first");
            case SessionState.Sending(_, var transaction) -> {
                if (transaction.recipients() >= rules.recipients()) {
                    yield SmtpReply.of(452, 5, 3, "Too many recipients for one message");
                }
                yield switch (recipients.decide(rcpt.recipient(), transaction.declared())) {
                    case RecipientDecision.Refuse(var reply) -> reply;
                    case RecipientDecision.DeliverLocally(var destinations) -> {
                        transaction.add(rcpt.recipient(), destinations);
                        yield SmtpReply.of(250, 1, 5, "Recipient ok");
                    }
                };
            }
        };
    }

    private Answer data() {
        return switch (state) {
            case SessionState.Connected() -> reply(sayHelloFirst());
            case SessionState.Greeted(_) -> reply(SmtpReply.of(503, 5, 1, "MAIL comes first"));
            case SessionState.Sending(var hello, var transaction) ->
                    transaction.recipients() == 0
                            ? reply(SmtpReply.of(554, 5, 1, "No valid recipients"))
                            : new Answer.TakeMessage(hello, transaction);
        };
    }

    private Answer reset() {
        transactionEnded();
        return reply(SmtpReply.of(250, 0, 0, "Ok"));
    }

    /// The answer to a message over the limit, announced or sent (RFC 1870 §6.1, §6.3).
    public static SmtpReply tooLarge(long octets) {
        return SmtpReply.of(552, 3, 4, "The message is larger than " + octets + " octets");
    }

    private static SmtpReply sayHelloFirst() {
        return SmtpReply.of(503, 5, 1, "EHLO or HELO comes first");
    }

    private static Answer reply(SmtpReply reply) {
        return new Answer.Reply(reply);
    }
}
