package org.postrider.pop3.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.postrider.pop3.session.OpenMaildrop;
import org.postrider.pop3.session.SessionState;
import org.postrider.pop3.wire.CommandParser;
import org.postrider.pop3.wire.ListingWriter;
import org.postrider.pop3.wire.Parsed;
import org.postrider.pop3.wire.Pop3Command;
import org.postrider.pop3.wire.Pop3Reply;
import org.postrider.pop3.wire.ResponseCode;
import org.postrider.storage.Store;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.Farewell;
import org.postrider.transport.LineFault;
import org.postrider.transport.LineRefused;
import org.postrider.transport.sasl.Sasl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One POP3 session: takes each line to the command that it is and to the state that it needs.
final class Pop3Conversation implements Conversation {

    private static final Logger log = LoggerFactory.getLogger(Pop3Conversation.class);

    private final Connection connection;
    private final Pop3Settings settings;
    private final Sasl sasl;
    private final Login login;
    private final MaildropCommands commands;

    private SessionState state = SessionState.Authorization.EMPTY;
    private int badCommands;
    private int commandsBeforeLogin;

    Pop3Conversation(Connection connection, Pop3Settings settings, Store store, Sasl sasl) {
        this.connection = connection;
        this.settings = settings;
        this.sasl = sasl;
        this.login = new Login(connection, settings, store.maildrops(), sasl);
        this.commands = new MaildropCommands(connection, store.messages());
    }

    @Override
    public void opened() throws IOException {
        connection.expect(settings.limits().authOctets(), settings.limits().loginIdle());
        send(Pop3Reply.ok(settings.hostname() + " POP3 ready"));
    }

    @Override
    public void line(byte[] line) throws IOException {
        if (isOver()) {
            return;
        }
        var user = takeUser();
        switch (CommandParser.parse(line)) {
            case Parsed.Invalid(var why) -> bad(why);
            case Parsed.Valid(var command) -> {
                if (isTooLong(line, command)) {
                    bad("the line is too long");
                } else {
                    take(command, user);
                }
            }
        }
    }

    @Override
    public void refused(LineFault fault) throws IOException {
        if (isOver()) {
            return;
        }
        takeUser();
        bad(
                switch (fault) {
                    case TOO_LONG -> "the line is too long";
                    case BARE_CR_OR_LF -> "lines end with CR and LF";
                    case NUL -> "the line holds a NUL";
                });
    }

    @Override
    public void farewell(Farewell reason) throws IOException {
        send(
                switch (reason) {
                    case IDLE -> Pop3Reply.err("nothing heard for too long, good bye");
                    case ABUSE -> Pop3Reply.err("this is not POP3, good bye");
                    case SHUTDOWN -> temporary("the server is shutting down");
                    case TOO_MANY_CONNECTIONS -> temporary("too many connections");
                    case FAULT -> temporary("a fault in the server, good bye");
                });
    }

    /// Whatever ended the session, without QUIT nothing is deleted and nobody is locked out (RFC
    /// 1939 §6).
    @Override
    public void closed() {
        release();
    }

    private void take(Pop3Command command, Optional<String> user) throws IOException {
        if (state instanceof SessionState.Authorization
                && ++commandsBeforeLogin > settings.limits().commandsBeforeLogin()) {
            end(Pop3Reply.err("too many commands before a login, good bye"));
            return;
        }
        try {
            switch (command) {
                case Pop3Command.LoginCommand attempt -> logIn(attempt, user);
                case Pop3Command.MaildropCommand inMaildrop -> use(inMaildrop);
                case Pop3Command.Capa() -> listing("this server can", capabilities());
                case Pop3Command.AuthMechanisms() ->
                        listing("mechanisms", sasl.mechanisms(connection));
                case Pop3Command.Stls() -> startTls();
                case Pop3Command.Quit() -> quit();
            }
        } catch (LineRefused e) {
            refused(e.fault());
        } catch (StoreUnavailable e) {
            log.warn("the store cannot answer: {}", e.toString());
            send(temporary("not possible now, try again later"));
        }
    }

    private void logIn(Pop3Command.LoginCommand attempt, Optional<String> user) throws IOException {
        if (!(state instanceof SessionState.Authorization)) {
            bad("already logged in");
            return;
        }
        var step = login.take(attempt, user);
        state = step.next();
        if (isOver()) {
            end(step.reply());
        } else {
            send(step.reply());
        }
    }

    private void use(Pop3Command.MaildropCommand command) throws IOException {
        if (state instanceof SessionState.Transaction(var maildrop)) {
            commands.answer(command, maildrop);
        } else {
            bad("log in first");
        }
    }

    /// Knowledge from before the handshake is gone with it (RFC 2595 §4).
    private void startTls() throws IOException {
        if (!(state instanceof SessionState.Authorization)) {
            bad("STLS comes before the login");
        } else if (!connection.canStartTls()) {
            bad(connection.tls().isPresent() ? "TLS is active already" : "there is no TLS here");
        } else if (!connection.startTls(Pop3Reply.ok("begin the handshake").line())) {
            end(Pop3Reply.err("there was more behind STLS, good bye"));
        }
    }

    private void quit() throws IOException {
        if (state instanceof SessionState.Transaction(var maildrop)) {
            end(update(maildrop));
        } else {
            end(Pop3Reply.ok("good bye"));
        }
    }

    private Pop3Reply update(OpenMaildrop maildrop) {
        try {
            return switch (maildrop.update()) {
                case Outcome.Done<UidSet>(var deleted) -> {
                    log.info("deleted {} messages", deleted.size());
                    yield Pop3Reply.ok("good bye");
                }
                case Outcome.Refused<UidSet>(var why) -> {
                    log.warn("nothing was deleted: {}", why);
                    yield temporary("nothing was deleted");
                }
            };
        } catch (StoreUnavailable e) {
            log.warn("the deletion is not confirmed: {}", e.toString());
            return temporary("the deletion is not confirmed");
        }
    }

    private List<String> capabilities() {
        return Capabilities.of(connection, sasl, state instanceof SessionState.Authorization);
    }

    private void listing(String title, List<String> lines) throws IOException {
        send(Pop3Reply.ok(title));
        var listing = new ListingWriter(connection::write);
        for (var line : lines) {
            listing.line(line);
        }
        listing.end();
    }

    /// Answers what is no command, or not one of this state; a client that goes on with it is not a
    /// mail client.
    private void bad(String why) throws IOException {
        if (++badCommands < settings.limits().badCommands()) {
            send(Pop3Reply.err(why));
        } else {
            log.info("ended after {} bad commands", badCommands);
            end(Pop3Reply.err(why + "; too many bad commands, good bye"));
        }
    }

    /// Before the login the transport lets long lines through, because AUTH has them.
    private boolean isTooLong(byte[] line, Pop3Command command) {
        return line.length > settings.limits().commandOctets()
                && !(command instanceof Pop3Command.Auth);
    }

    /// PASS belongs to the USER just before it and to no earlier one (RFC 1939 §7).
    private Optional<String> takeUser() {
        if (state instanceof SessionState.Authorization(var user)) {
            state = SessionState.Authorization.EMPTY;
            return user;
        }
        return Optional.empty();
    }

    private void end(Pop3Reply reply) throws IOException {
        release();
        send(reply);
        connection.close();
    }

    private void release() {
        if (state instanceof SessionState.Transaction(var maildrop)) {
            maildrop.close();
        }
        state = new SessionState.Over();
    }

    private boolean isOver() {
        return state instanceof SessionState.Over;
    }

    private void send(Pop3Reply reply) throws IOException {
        connection.write(reply.line());
    }

    private static Pop3Reply temporary(String text) {
        return Pop3Reply.err(ResponseCode.SYS_TEMP, text);
    }
}
