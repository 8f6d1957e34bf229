package org.postrider.imap.command;

import java.io.IOException;
import java.time.InstantSource;
import org.postrider.imap.session.ConnectionState.LoggedIn;
import org.postrider.imap.session.ConnectionState.NotAuthenticated;
import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.imap.wire.Verb;
import org.postrider.storage.Store;
import org.postrider.transport.sasl.Sasl;

/// All commands. One object serves all connections.
public final class Commands {

    private final Append append;
    private final Authenticate authenticate;
    private final Capability capability;
    private final Close close;
    private final Copy copy;
    private final Create create;
    private final Delete delete;
    private final Examine examine;
    private final Expunge expunge;
    private final Fetch fetch;
    private final ListMailboxes list;
    private final Login login;
    private final Lsub lsub;
    private final Rename rename;
    private final Search search;
    private final Select select;
    private final Status status;
    private final StoreFlags storeFlags;
    private final Subscribe subscribe;
    private final Unsubscribe unsubscribe;

    public Commands(Store store, Sasl sasl, InstantSource clock) {
        var mailboxes = store.mailboxes();
        var messages = store.messages();
        append = new Append(mailboxes, messages, clock);
        capability = new Capability(sasl);
        authenticate = new Authenticate(sasl, capability);
        close = new Close(messages);
        copy = new Copy(mailboxes, messages);
        create = new Create(mailboxes);
        delete = new Delete(mailboxes);
        examine = new Examine(mailboxes);
        expunge = new Expunge(messages);
        fetch = new Fetch(messages);
        list = new ListMailboxes(mailboxes);
        login = new Login(sasl, capability);
        lsub = new Lsub(mailboxes);
        rename = new Rename(mailboxes);
        search = new Search(messages);
        select = new Select(mailboxes);
        status = new Status(mailboxes);
        storeFlags = new StoreFlags(messages);
        subscribe = new Subscribe(mailboxes);
        unsubscribe = new Unsubscribe(mailboxes);
    }

    /// The first line of a connection.
    public ImapStatus greeting(ImapSession session) {
        return ImapStatus.ok(capability.code(session), "Postrider is ready");
    }

    /// Refuses a command word that cannot be given now, before its arguments are read (RFC 3501
    /// §3).
    public void admit(Verb verb, ImapSession session) throws SyntaxError {
        boolean fits =
                switch (verb.stage()) {
                    case ALWAYS -> true;
                    case BEFORE_LOGIN -> session.state() instanceof NotAuthenticated;
                    case AFTER_LOGIN -> session.state() instanceof LoggedIn;
                    case IN_MAILBOX -> session.state() instanceof Selected;
                };
        if (!fits) {
            throw new SyntaxError(
                    switch (verb.stage()) {
                        case ALWAYS -> throw new IllegalStateException("always means always");
                        case BEFORE_LOGIN -> "You are logged in already";
                        case AFTER_LOGIN -> "Log in first";
                        case IN_MAILBOX -> "Select a mailbox first";
                    });
        }
    }

    public Completion run(ImapCommand command, ImapSession session)
            throws IOException, SyntaxError {
        return switch (command) {
            case ImapCommand.Always always -> always(always, session);
            case ImapCommand.BeforeLogin before -> beforeLogin(before, session);
            case ImapCommand.AfterLogin after -> {
                if (session.state() instanceof LoggedIn in) {
                    yield afterLogin(after, in, session);
                }
                throw new IllegalStateException("not logged in");
            }
            case ImapCommand.InMailbox inside -> {
                if (session.state() instanceof Selected in) {
                    yield new Completion.Answer(inMailbox(inside, in, session));
                }
                throw new IllegalStateException("no mailbox is selected");
            }
        };
    }

    private Completion always(ImapCommand.Always command, ImapSession session) throws IOException {
        return new Completion.Answer(
                switch (command) {
                    case ImapCommand.Capability _ -> capability.run(session);
                    case ImapCommand.Noop _ -> new Noop().run();
                    case ImapCommand.Logout _ -> new Logout().run(session);
                    case ImapCommand.Id _ -> new Id().run(session);
                });
    }

    private Completion beforeLogin(ImapCommand.BeforeLogin command, ImapSession session)
            throws IOException, SyntaxError {
        return switch (command) {
            case ImapCommand.StartTls _ -> new StartTls().run(session);
            case ImapCommand.Authenticate how ->
                    new Completion.Answer(authenticate.run(how, session));
            case ImapCommand.Login who -> new Completion.Answer(login.run(who, session));
        };
    }

    private Completion afterLogin(ImapCommand.AfterLogin command, LoggedIn in, ImapSession session)
            throws IOException, SyntaxError {
        var account = in.account();
        return switch (command) {
            case ImapCommand.Idle _ -> new Idle().run(session);
            case ImapCommand.Append what -> answer(append.run(what, account, session));
            case ImapCommand.Create what -> answer(create.run(what, account));
            case ImapCommand.Delete what -> answer(delete.run(what, account, session));
            case ImapCommand.Enable _ -> answer(new Enable().run(session));
            case ImapCommand.Examine what -> answer(examine.run(what, account, session));
            case ImapCommand.ListMailboxes what -> answer(list.run(what, account, session));
            case ImapCommand.Lsub what -> answer(lsub.run(what, account, session));
            case ImapCommand.Namespace _ -> answer(new Namespace().run(session));
            case ImapCommand.Rename what -> answer(rename.run(what, account));
            case ImapCommand.Select what -> answer(select.run(what, account, session));
            case ImapCommand.Status what -> answer(status.run(what, account, session));
            case ImapCommand.Subscribe what -> answer(subscribe.run(what, account));
            case ImapCommand.Unsubscribe what -> answer(unsubscribe.run(what, account));
        };
    }

    private ImapStatus inMailbox(ImapCommand.InMailbox command, Selected in, ImapSession session)
            throws IOException, SyntaxError {
        return switch (command) {
            case ImapCommand.Check _ -> new Check().run();
            case ImapCommand.Close _ -> close.run(in, session);
            case ImapCommand.Copy what -> copy.run(what, in);
            case ImapCommand.Expunge what -> expunge.run(what, in);
            case ImapCommand.Fetch what -> fetch.run(what, in, session);
            case ImapCommand.Search what -> search.run(what, in, session);
            case ImapCommand.Store what -> storeFlags.run(what, in, session);
            case ImapCommand.Unselect _ -> new Unselect().run(session);
        };
    }

    private static Completion answer(ImapStatus status) {
        return new Completion.Answer(status);
    }
}
