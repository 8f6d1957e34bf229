package org.postrider.app.security;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator.Verdict;
import org.postrider.transport.sasl.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One login behind a [LoginGuard], by whatever mechanism: what the guard, the log and the client
/// are told of it.
record GuardedLogin(LoginGuard guard, LoginGuard.Attempt attempt, InetAddress from) {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedLogin.class);

    /// @param name as the client gave it
    static GuardedLogin of(LoginGuard guard, String name, Connection connection) {
        var from = connection.remoteAddress().getAddress();
        return new GuardedLogin(guard, guard.attempt(from, name), from);
    }

    /// Whether it is not to be tried, because there were too many failures.
    boolean isLocked() {
        boolean locked = guard.isLocked(attempt);
        if (locked) {
            LOG.info("login not tried from {}", from);
        }
        return locked;
    }

    Verdict accepted(Account account) {
        guard.succeeded(attempt);
        return new Verdict.Accepted(
                new Identity(account.id().value(), account.address().toString()));
    }

    /// Keeps the client waiting, on the virtual thread of its conversation.
    ///
    /// @param again whether it is not counted once more
    Verdict rejected(boolean again) {
        LOG.info("login refused from {}", from);
        pause(again ? guard.delay(attempt) : guard.failed(attempt));
        return new Verdict.Rejected();
    }

    void undecided(StoreUnavailable cause) {
        LOG.warn("login undecided from {}", from, cause);
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
