package org.postrider.pop3.server;

import java.io.IOException;
import java.util.Optional;
import org.postrider.pop3.session.OpenMaildrop;
import org.postrider.pop3.session.SessionState;
import org.postrider.pop3.wire.Pop3Command;
import org.postrider.pop3.wire.Pop3Reply;
import org.postrider.pop3.wire.ResponseCode;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.Identity;
import org.postrider.transport.sasl.Sasl;
import org.postrider.transport.sasl.SaslDialogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way from the AUTHORIZATION to the TRANSACTION state: who is it, and is the maildrop free?
final class Login {

    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private static final Pop3Reply WRONG =
            Pop3Reply.err(ResponseCode.AUTH, "wrong name or password");
    private static final Pop3Reply UNDECIDED =
            Pop3Reply.err(ResponseCode.SYS_TEMP, "cannot check the password now, try again later");

    private final Connection connection;
    private final Pop3Settings settings;
    private final Maildrops maildrops;
    private final Sasl sasl;
    private int failures;

    Login(Connection connection, Pop3Settings settings, Maildrops maildrops, Sasl sasl) {
        this.connection = connection;
        this.settings = settings;
        this.maildrops = maildrops;
        this.sasl = sasl;
    }

    /// Where a command led, and what to tell the client when the session is there.
    record Step(SessionState next, Pop3Reply reply) {

        private static Step stay(Pop3Reply reply) {
            return new Step(SessionState.Authorization.EMPTY, reply);
        }
    }

    Step take(Pop3Command.LoginCommand command, Optional<String> user) throws IOException {
        return switch (command) {
            case Pop3Command.User(var name) -> user(name);
            case Pop3Command.Pass(var password) -> pass(user, password);
            case Pop3Command.Auth(var mechanism, var initial) -> authenticate(mechanism, initial);
        };
    }

    /// Says yes to every name, so that nobody learns which exist (RFC 1939 §13).
    private Step user(String name) {
        return sasl.passwordsAllowed(connection)
                ? new Step(
                        new SessionState.Authorization(Optional.of(name)),
                        Pop3Reply.ok("now the password"))
                : Step.stay(
                        Pop3Reply.err(ResponseCode.AUTH, "no passwords in clear text: STLS first"));
    }

    private Step pass(Optional<String> user, String password) {
        return user.map(name -> decide(sasl.verify(name, password, connection)))
                .orElse(Step.stay(Pop3Reply.err("USER first")));
    }

    private Step decide(Authenticator.Verdict verdict) {
        return switch (verdict) {
            case Authenticator.Verdict.Accepted(var identity) -> open(identity);
            case Authenticator.Verdict.Rejected() -> failed();
            case Authenticator.Verdict.Unavailable() -> Step.stay(UNDECIDED);
        };
    }

    private Step authenticate(String mechanism, Optional<byte[]> initial) throws IOException {
        var begun = sasl.begin(mechanism, connection);
        if (begun.isEmpty()) {
            return Step.stay(Pop3Reply.err("this mechanism is not offered here"));
        }
        return conclude(SaslDialogue.run(begun.get(), initial, this::ask));
    }

    private Step conclude(SaslDialogue.Result result) {
        return switch (result) {
            case SaslDialogue.Result.LoggedIn(var identity) -> open(identity);
            case SaslDialogue.Result.Rejected() -> failed();
            case SaslDialogue.Result.Malformed() ->
                    Step.stay(Pop3Reply.err("the response is not what the mechanism wants"));
            case SaslDialogue.Result.NotBase64() ->
                    Step.stay(Pop3Reply.err("the response is not base64"));
            case SaslDialogue.Result.Cancelled() -> Step.stay(Pop3Reply.err("cancelled"));
            case SaslDialogue.Result.Unavailable() -> Step.stay(UNDECIDED);
        };
    }

    /// Sends a challenge and waits for the response (RFC 5034 §4).
    private byte[] ask(String challenge) throws IOException {
        connection.write("+ " + challenge + "\r\n");
        return connection.readLine();
    }

    private Step failed() {
        failures++;
        return failures < settings.limits().loginFailures()
                ? Step.stay(WRONG)
                : new Step(new SessionState.Over(), WRONG);
    }

    private Step open(Identity who) {
        return switch (maildrops.open(new AccountId(who.account()), connection.tag())) {
            case Outcome.Done<Maildrops.Maildrop>(var lock) -> loggedIn(who, lock);
            case Outcome.Refused<Maildrops.Maildrop>(var why) -> Step.stay(noMaildrop(who, why));
        };
    }

    /// Gives the lock back when anything fails before the session has the maildrop.
    private Step loggedIn(Identity who, Maildrops.Maildrop lock) {
        boolean held = false;
        try {
            var maildrop = new OpenMaildrop(lock, settings.seenByRetrieval());
            connection.loggedIn(who.name());
            connection.expect(settings.limits().commandOctets(), settings.limits().autologout());
            log.info("opened the maildrop: {}", maildrop.summary());
            var step =
                    new Step(
                            new SessionState.Transaction(maildrop),
                            Pop3Reply.ok(maildrop.summary()));
            held = true;
            return step;
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }

    private Pop3Reply noMaildrop(Identity who, Refusal why) {
        log.info("{} did not get the maildrop: {}", who.name(), why);
        return why == Refusal.IN_USE
                ? Pop3Reply.err(ResponseCode.IN_USE, "another session has the maildrop")
                : Pop3Reply.err(ResponseCode.SYS_TEMP, "the maildrop cannot be opened now");
    }
}
