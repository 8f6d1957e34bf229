package org.postrider.smtp.server;

import java.io.IOException;
import org.postrider.smtp.receive.Answer;
import org.postrider.smtp.receive.Hello;
import org.postrider.smtp.receive.Session;
import org.postrider.smtp.receive.Trace;
import org.postrider.smtp.receive.Transaction;
import org.postrider.smtp.wire.SmtpCommandParser;
import org.postrider.smtp.wire.SmtpCommandParser.Parsed;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.Farewell;
import org.postrider.transport.LineFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection: reads a command, lets the [Session] answer it, does what the answer
/// says.
final class SmtpConversation implements Conversation {

    private static final Logger log = LoggerFactory.getLogger(SmtpConversation.class);

    private final SmtpSettings settings;
    private final Connection connection;
    private final Session session;
    private final LoginOffers offers;
    private final LoginDialogue login;
    private final MessageIntake intake;
    private final Patience patience;

    SmtpConversation(
            SmtpSettings settings,
            Connection connection,
            Session session,
            LoginOffers offers,
            LoginDialogue login,
            MessageIntake intake) {
        this.settings = settings;
        this.connection = connection;
        this.session = session;
        this.offers = offers;
        this.login = login;
        this.intake = intake;
        this.patience = new Patience(settings.limits());
    }

    @Override
    public void opened() throws IOException {
        connection.expect(settings.limits().commandLine(), settings.limits().silence());
        send(session.greeting());
    }

    @Override
    public void line(byte[] line) throws IOException {
        switch (SmtpCommandParser.parse(line)) {
            case Parsed.Wrong(var reply) -> {
                patience.fault();
                sendUnlessOver(reply);
            }
            case Parsed.Command(var command) -> {
                try {
                    var answer = session.answer(command, offers.offer(connection));
                    if (answer instanceof Answer.Reply(var reply) && !reply.isPositive()) {
                        patience.refused(command, reply);
                        log.info("refused: {}", reply.text().stripTrailing());
                    }
                    perform(answer);
                } catch (StoreUnavailable e) {
                    log.warn("the store is unavailable", e);
                    send(SmtpReply.of(451, 3, 0, "The mail store is unavailable, try again"));
                }
            }
        }
    }

    @Override
    public void refused(LineFault fault) throws IOException {
        patience.fault();
        sendUnlessOver(
                switch (fault) {
                    case TOO_LONG -> SmtpReply.of(500, 5, 2, "Line too long");
                    case BARE_CR_OR_LF -> SmtpReply.of(500, 5, 2, "Lines end with CRLF only");
                    case NUL -> SmtpReply.of(500, 5, 2, "NUL is not part of a command");
                });
    }

    @Override
    public void farewell(Farewell reason) throws IOException {
        send(
                switch (reason) {
                    case IDLE -> closing(4, 2, "Nothing came for too long");
                    case SHUTDOWN -> closing(3, 2, "The server is shutting down");
                    case TOO_MANY_CONNECTIONS -> closing(7, 0, "Too many connections");
                    case ABUSE -> closing(7, 0, "This is no mail");
                    case FAULT -> closing(3, 0, "An error of this server");
                });
    }

    @Override
    public void closed() {
        // Nothing is held between commands.
    }

    private void perform(Answer answer) throws IOException {
        switch (answer) {
            case Answer.Reply(var reply) -> sendUnlessOver(reply);
            case Answer.Goodbye(var reply) -> sendAndClose(reply);
            case Answer.BeginTls(var reply) -> beginTls(reply);
            case Answer.BeginLogin(var mechanism, var initialResponse) ->
                    finishLogin(login.run(mechanism, initialResponse));
            case Answer.TakeMessage(var hello, var transaction) -> takeMessage(hello, transaction);
        }
    }

    private void beginTls(SmtpReply reply) throws IOException {
        if (connection.startTls(reply.text())) {
            session.encrypted();
        } else {
            log.info("hung up: commands came in clear text behind STARTTLS");
            sendAndClose(closing(7, 0, "Nothing may follow STARTTLS in clear text"));
        }
    }

    private void finishLogin(LoginDialogue.Result result) throws IOException {
        switch (result) {
            case LoginDialogue.Result.LoggedIn(var identity) -> {
                session.loggedIn(identity);
                connection.loggedIn(identity.name());
                log.info("{} logged in", identity.name());
                send(SmtpReply.of(235, 7, 0, "Logged in"));
            }
            case LoginDialogue.Result.Failed(var reply, var counts) -> {
                if (counts) {
                    log.info("login refused");
                    patience.loginFailed();
                } else {
                    patience.fault();
                }
                sendUnlessOver(reply);
            }
        }
    }

    private void takeMessage(Hello hello, Transaction transaction) throws IOException {
        send(SmtpReply.plain(354, "Send the message, end with a line that is a dot"));
        try {
            var reply =
                    intake.take(
                            transaction,
                            connection.readDotted(),
                            (id, received) ->
                                    new Trace(
                                            hello,
                                            connection.remoteAddress().getAddress(),
                                            settings.hostname(),
                                            connection.tls().orElse(null),
                                            session.login().isPresent(),
                                            id,
                                            received));
            log.info(
                    "message from {} for {} recipients: {}",
                    transaction.sender(),
                    transaction.destinations().size(),
                    reply.text().stripTrailing());
            if (reply.isPositive()) {
                patience.messageTaken();
            }
            send(reply);
        } finally {
            session.transactionEnded();
        }
    }

    private SmtpReply closing(int subject, int detail, String why) {
        return SmtpReply.of(421, subject, detail, settings.hostname() + " " + why);
    }

    private void sendUnlessOver(SmtpReply reply) throws IOException {
        if (patience.isOver()) {
            log.info("hung up: too many errors");
            sendAndClose(closing(7, 0, "Too many errors"));
        } else {
            send(reply);
        }
    }

    private void sendAndClose(SmtpReply reply) throws IOException {
        send(reply);
        connection.close();
    }

    private void send(SmtpReply reply) throws IOException {
        connection.write(reply.text());
    }
}
