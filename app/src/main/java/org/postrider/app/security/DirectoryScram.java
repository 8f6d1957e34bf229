package org.postrider.app.security;

import java.util.Optional;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Credential;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator.Verdict;
import org.postrider.transport.sasl.Identity;
import org.postrider.transport.sasl.ScramDirectory;
import org.postrider.transport.sasl.ScramKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logins by SCRAM against the directory, behind the same [LoginGuard] as those by password.
public final class DirectoryScram implements ScramDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryScram.class);

    private final Directory directory;
    private final LoginGuard guard;

    public DirectoryScram(Directory directory, LoginGuard guard) {
        this.directory = directory;
        this.guard = guard;
    }

    @Override
    public Optional<Attempt> begin(String name, Connection from) {
        var attempt = guard.attempt(from.remoteAddress().getAddress(), name);
        if (guard.isLocked(attempt)) {
            LOG.info("login not tried from {}", attempt.from().name());
            return Optional.empty();
        }
        var address = MailAddress.parse(name);
        try {
            var credential = address.flatMap(directory::credential);
            return Optional.of(
                    new Begun(attempt, address.map(MailAddress::key).orElse(name), credential));
        } catch (StoreUnavailable e) {
            LOG.warn("login undecided from {}", attempt.from().name(), e);
            return Optional.empty();
        }
    }

    private final class Begun implements Attempt {
        private final LoginGuard.Attempt attempt;
        private final String name;
        private final Optional<Credential> credential;

        Begun(LoginGuard.Attempt attempt, String name, Optional<Credential> credential) {
            this.attempt = attempt;
            this.name = name;
            this.credential = credential;
        }

        @Override
        public String canonicalName() {
            return name;
        }

        @Override
        public Optional<ScramKeys> keys() {
            return credential.map(Credential::password).flatMap(PasswordHashing::scramKeys);
        }

        @Override
        public Verdict conclude(boolean proven) {
            if (guard.isLocked(attempt)) {
                LOG.info("login not tried from {}", attempt.from().name());
                return new Verdict.Unavailable();
            }
            if (proven && credential.isPresent()) {
                guard.succeeded(attempt);
                var account = credential.get().account();
                return new Verdict.Accepted(
                        new Identity(account.id().value(), account.address().toString()));
            }
            LOG.info("login refused from {}", attempt.from().name());
            Delay.pause(guard.failed(attempt));
            return new Verdict.Rejected();
        }
    }
}
