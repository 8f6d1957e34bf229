package org.postrider.app.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Credential;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks logins against the directory. An account that does not exist costs the time of one that
/// does.
public final class DirectoryAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryAuthenticator.class);

    private static final int REMEMBERED_LOGINS = 10_000;

    /// Longer than any password somebody types, and what a hash is asked to swallow at most.
    private static final int MAX_PASSWORD = 1_000;

    private final Directory directory;
    private final PasswordHashing hashing;
    private final VerifiedLogins verified;

    public DirectoryAuthenticator(
            Directory directory,
            PasswordHashing hashing,
            Duration rememberFor,
            InstantSource clock,
            SecureRandom random) {
        this.directory = directory;
        this.hashing = hashing;
        this.verified = new VerifiedLogins(REMEMBERED_LOGINS, rememberFor, clock, random);
    }

    @Override
    public Verdict verify(String name, String password, Connection from) {
        if (password.length() > MAX_PASSWORD) {
            return new Verdict.Rejected();
        }
        try {
            var verdict = decide(name, password);
            if (verdict instanceof Verdict.Rejected) {
                LOG.info("login refused from {}", from.remoteAddress().getAddress());
            }
            return verdict;
        } catch (StoreUnavailable e) {
            LOG.warn("login undecided from {}", from.remoteAddress().getAddress(), e);
            return new Verdict.Unavailable();
        }
    }

    private Verdict decide(String name, String password) {
        var credential = MailAddress.parse(name).flatMap(directory::credential);
        if (credential.isEmpty()) {
            var _ = hashing.matchesNobody(password);
            return new Verdict.Rejected();
        }
        return isRight(credential.get(), password)
                ? new Verdict.Accepted(identity(credential.get()))
                : new Verdict.Rejected();
    }

    private boolean isRight(Credential credential, String password) {
        if (verified.contains(credential, password)) {
            return true;
        }
        boolean right = hashing.matches(password, credential.password());
        if (right) {
            verified.add(credential, password);
        }
        return right;
    }

    private static Identity identity(Credential credential) {
        var account = credential.account();
        return new Identity(account.id().value(), account.address().toString());
    }
}
