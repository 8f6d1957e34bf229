package org.postrider.imap.session;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postrider.imap.session.ConnectionState.Authenticated;
import org.postrider.imap.session.ConnectionState.NotAuthenticated;
import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client and what it may do now. Used by one thread at a time, as the transport promises, but
/// for [#wake].
public final class ImapSession {

    private static final Logger log = LoggerFactory.getLogger(ImapSession.class);

    private final Connection connection;
    private final ImapLimits limits;
    private final ImapWriter out;
    private final AtomicBoolean woken = new AtomicBoolean();
    private ConnectionState state = new NotAuthenticated();
    private String tag = "*";
    private volatile boolean idling;
    private boolean ending;
    private int failedLogins;

    public ImapSession(Connection connection, ImapLimits limits) {
        this.connection = connection;
        this.limits = limits;
        this.out = new ImapWriter(connection::write);
    }

    public Connection connection() {
        return connection;
    }

    public ImapLimits limits() {
        return limits;
    }

    public ImapWriter out() {
        return out;
    }

    public ConnectionState state() {
        return state;
    }

    public boolean isLoggedIn() {
        return !(state instanceof NotAuthenticated);
    }

    /// The tag of the command that is running or, in IDLE, has not ended.
    public String tag() {
        return tag;
    }

    public void begin(String tag) {
        this.tag = tag;
    }

    public void logIn(Identity identity) {
        connection.loggedIn(identity.name());
        connection.expect(limits.lineAfterLogin(), limits.silenceAfterLogin());
        state = new Authenticated(new AccountId(identity.account()));
        log.info("{} logged in", identity.name());
    }

    /// Counts a refused password; after too many the connection ends.
    public void loginFailed() throws IOException {
        log.info("login refused");
        if (++failedLogins >= limits.failedLogins()) {
            out.untagged(ImapStatus.bye("Too many failed logins"));
            end();
        }
    }

    public void select(AccountId account, SelectedView view) {
        state = new Selected(account, view);
    }

    /// Leaves the selected mailbox, if there is one.
    public void unselect() {
        if (state instanceof Selected(var account, var view)) {
            view.close();
            state = new Authenticated(account);
        }
    }

    public boolean isIdling() {
        return idling;
    }

    /// From now on news are told as they come (RFC 2177 §3), those that are already there at once.
    public void idle() throws IOException {
        idling = true;
        tellNews(false);
        if (!ending && state instanceof Selected(_, var view)) {
            view.rest();
        }
    }

    /// After this the client must be told the news before anything else.
    public void stopIdling() throws IOException {
        idling = false;
        if (state instanceof Selected(_, var view)) {
            try {
                view.resume();
            } catch (StoreUnavailable e) {
                log.warn("IDLE cannot be ended well", e);
                out.untagged(ImapStatus.bye("UNAVAILABLE", "The mail store is not available"));
                end();
            }
        }
    }

    /// Tells what others did in the selected mailbox. When somebody deleted it the session ends:
    /// IMAP4rev1 knows no other word for that.
    public void tellNews(boolean holdNumbers) throws IOException {
        if (state instanceof Selected(_, var view)) {
            if (view.isGone()) {
                out.untagged(ImapStatus.bye("The selected mailbox was deleted"));
                end();
            } else {
                view.tell(out, holdNumbers);
            }
        }
    }

    /// Called by the store, on its thread, when the selected mailbox changed. Outside IDLE nobody
    /// needs to know before the next command.
    public void wake() {
        if (idling && woken.compareAndSet(false, true)) {
            connection.execute(this::tellWhileIdling);
        }
    }

    private void tellWhileIdling() throws IOException {
        woken.set(false);
        if (!idling || ending) {
            return;
        }
        try {
            tellNews(false);
        } catch (StoreUnavailable e) {
            log.warn("IDLE ended", e);
            out.untagged(ImapStatus.bye("UNAVAILABLE", "The mail store is not available"));
            end();
        }
        out.flush();
        if (ending) {
            connection.close();
        }
    }

    /// The connection is to be closed once the running command has been answered.
    public void end() {
        ending = true;
        idling = false;
    }

    public boolean isEnding() {
        return ending;
    }

    public void closed() {
        idling = false;
        unselect();
    }
}
