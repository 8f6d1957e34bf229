package org.postrider.imap.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.postrider.imap.command.Commands;
import org.postrider.imap.command.Completion;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.CommandReader;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapReader;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapStatus.Condition;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Conversation;
import org.postrider.transport.Farewell;
import org.postrider.transport.LineFault;
import org.postrider.transport.LineRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's side of one connection: reads a command, runs it, tells what others did meanwhile,
/// and answers.
final class ImapConversation implements Conversation {

    private static final Logger log = LoggerFactory.getLogger(ImapConversation.class);

    private final ImapSession session;
    private final Commands commands;
    private int mistakes;

    ImapConversation(ImapSession session, Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    @Override
    public void opened() throws IOException {
        var limits = session.limits();
        session.connection().expect(limits.lineBeforeLogin(), limits.silenceBeforeLogin());
        session.out().untagged(commands.greeting(session));
        session.out().flush();
    }

    @Override
    public void line(byte[] line) throws IOException {
        if (session.isIdling()) {
            stopIdling(line);
        } else if (line.length > 0) {
            command(line);
        }
        // An empty line is nothing: Apple Mail (iOS 18, 2024) sends one before a command.
        finish();
    }

    @Override
    public void refused(LineFault fault) throws IOException {
        if (session.isIdling()) {
            session.stopIdling();
            answer(refusal(fault), false);
        } else {
            session.out().untagged(refusal(fault));
            blame();
        }
        finish();
    }

    @Override
    public void farewell(Farewell reason) throws IOException {
        if (session.out().isMidLine()) {
            return;
        }
        session.out()
                .untagged(
                        switch (reason) {
                            case IDLE -> ImapStatus.bye("Nothing was heard for too long");
                            case SHUTDOWN ->
                                    ImapStatus.bye("UNAVAILABLE", "The server is shutting down");
                            case TOO_MANY_CONNECTIONS ->
                                    ImapStatus.bye("UNAVAILABLE", "Too many connections");
                            case ABUSE -> ImapStatus.bye("This is not IMAP");
                            case FAULT -> ImapStatus.bye("SERVERBUG", "The server failed");
                        });
        session.out().flush();
    }

    @Override
    public void closed() {
        session.closed();
    }

    /// The only line that ends IDLE is DONE (RFC 2177 §3); any other ends it too, but not well.
    private void stopIdling(byte[] line) throws IOException {
        session.stopIdling();
        boolean done = new String(line, StandardCharsets.ISO_8859_1).equalsIgnoreCase("DONE");
        answer(done ? ImapStatus.ok("No longer idle") : ImapStatus.bad("DONE was expected"), false);
    }

    private void command(byte[] line) throws IOException {
        var reader = new ImapReader(line, new CommandLiterals(session));
        // What cannot be read may have been a FETCH.
        boolean holdNumbers = true;
        Completion completion;
        try {
            session.begin("*");
            session.begin(reader.tag());
            var command = read(reader);
            holdNumbers = command.holdsNumbers();
            completion = commands.run(command, session);
        } catch (SyntaxError e) {
            completion = new Completion.Answer(e.answer());
        } catch (LineRefused e) {
            completion = new Completion.Answer(refusal(e.fault()));
        } catch (StoreUnavailable e) {
            completion = new Completion.Answer(unavailable(e));
        }
        abandon(reader);
        if (completion instanceof Completion.Answer(var status)) {
            answer(status, holdNumbers);
        }
    }

    private ImapCommand read(ImapReader reader) throws IOException, SyntaxError {
        reader.space();
        var verb = reader.verb();
        commands.admit(verb, session);
        return new CommandReader(reader, session.limits()).command(verb);
    }

    /// Whatever a refused command left unread must not be taken for the next one.
    private void abandon(ImapReader reader) throws IOException {
        try {
            reader.abandon();
        } catch (SyntaxError e) {
            if (e.isFatal()) {
                session.out().untagged(e.answer());
                session.end();
            }
        } catch (LineRefused e) {
            log.debug("the rest of a refused command: {}", e.fault());
        }
    }

    private void answer(ImapStatus status, boolean holdNumbers) throws IOException {
        var answer = status;
        if (!session.isEnding()) {
            try {
                session.tellNews(holdNumbers);
            } catch (StoreUnavailable e) {
                answer = unavailable(e);
            }
        }
        session.out().tagged(session.tag(), answer);
        if (answer.condition() == Condition.BAD) {
            blame();
        } else {
            mistakes = 0;
        }
    }

    private void finish() throws IOException {
        session.out().flush();
        if (session.isEnding()) {
            session.connection().close();
        }
    }

    private void blame() throws IOException {
        var limits = session.limits();
        int most =
                session.isLoggedIn() ? limits.mistakesAfterLogin() : limits.mistakesBeforeLogin();
        if (++mistakes >= most && !session.isEnding()) {
            log.info("hung up after {} mistakes", mistakes);
            session.out().untagged(ImapStatus.bye("Too many commands that are none"));
            session.end();
        }
    }

    /// The store failed. In the middle of a response nothing more can be said. An IDLE that was
    /// about to begin is over.
    private ImapStatus unavailable(StoreUnavailable failure) throws IOException {
        log.warn("command failed", failure);
        session.stopIdling();
        if (session.out().isMidLine()) {
            throw new IOException("the store failed in the middle of a response", failure);
        }
        return ImapStatus.no("UNAVAILABLE", "The mail store is not available");
    }

    private static ImapStatus refusal(LineFault fault) {
        return switch (fault) {
            case TOO_LONG -> ImapStatus.bad("TOOBIG", "The line is too long");
            case BARE_CR_OR_LF -> ImapStatus.bad("A line ends with CR and LF together");
            case NUL -> ImapStatus.bad("A line holds no NUL");
        };
    }
}
