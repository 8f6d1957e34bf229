package org.postrider.app.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Credential;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks logins against the directory, behind a [LoginGuard]. An account that does not exist costs
/// the time of one that does.
public final class DirectoryAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryAuthenticator.class);

    private static final int REMEMBERED_LOGINS = 10_000;

    /// Longer than any password somebody types, and what a hash is asked to swallow at most.
    private static final int MAX_PASSWORD = 1_000;

    private final Directory directory;
    private final PasswordHashing hashing;
    private final LoginGuard guard;
    private final LoginMemory verified;
    private final LoginMemory refused;

    /// @param rememberFor for how long what was verified or refused is not computed again
    public DirectoryAuthenticator(
            Directory directory,
            PasswordHashing hashing,
            LoginGuard guard,
            Duration rememberFor,
            InstantSource clock,
            SecureRandom random) {
        this.directory = directory;
        this.hashing = hashing;
        this.guard = guard;
        this.verified = new LoginMemory(REMEMBERED_LOGINS, rememberFor, clock, random);
        this.refused = new LoginMemory(REMEMBERED_LOGINS, rememberFor, clock, random);
    }

    @Override
    public Verdict verify(String name, String password, Connection from) {
        var login = GuardedLogin.of(guard, name, from);
        if (login.isLocked()) {
            return new Verdict.Unavailable();
        }
        try {
            return switch (decide(name, password)) {
                case Decision.Right(var account) -> login.accepted(account);
                case Decision.Wrong(var again) -> login.rejected(again);
            };
        } catch (StoreUnavailable e) {
            login.undecided(e);
            return new Verdict.Unavailable();
        }
    }

    private sealed interface Decision {
        record Right(Account account) implements Decision {}

        /// @param again whether it is what was refused before: a device that does not know of the
        ///   new password, not somebody who guesses
        record Wrong(boolean again) implements Decision {}
    }

    private Decision decide(String name, String password) {
        if (password.length() > MAX_PASSWORD) {
            return new Decision.Wrong(false);
        }
        var credential = MailAddress.parse(name).flatMap(directory::credential);
        var hash = credential.map(Credential::password).orElse(hashing.nobodys());
        if (refused.contains(name, hash, password)) {
            return new Decision.Wrong(true);
        }
        boolean right = verified.contains(name, hash, password) || hashing.matches(password, hash);
        if (right && credential.isPresent()) {
            verified.add(name, hash, password);
            var account = credential.get().account();
            if (hashing.isOutdated(hash)) {
                renew(account, hash, password);
            }
            return new Decision.Right(account);
        }
        refused.add(name, hash, password);
        return new Decision.Wrong(false);
    }

    /// Keeps the password as new ones are kept. Only now is it known.
    private void renew(Account account, PasswordHash hash, String password) {
        try {
            directory.renewPassword(account.id(), hash, hashing.hash(password));
        } catch (StoreUnavailable e) {
            LOG.info("a password is kept in a better way another time", e);
        }
    }
}
