package org.postrider.app.security;

import java.util.Optional;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Credential;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator.Verdict;
import org.postrider.transport.sasl.ScramDirectory;
import org.postrider.transport.sasl.ScramKeys;

/// Logins by SCRAM against the directory, behind the same [LoginGuard] as those by password.
public final class DirectoryScram implements ScramDirectory {

    private final Directory directory;
    private final LoginGuard guard;

    public DirectoryScram(Directory directory, LoginGuard guard) {
        this.directory = directory;
        this.guard = guard;
    }

    @Override
    public Optional<Attempt> begin(String name, Connection from) {
        var login = GuardedLogin.of(guard, name, from);
        if (login.isLocked()) {
            return Optional.empty();
        }
        var address = MailAddress.parse(name);
        try {
            var credential = address.flatMap(directory::credential);
            return Optional.of(
                    new Begun(login, address.map(MailAddress::key).orElse(name), credential));
        } catch (StoreUnavailable e) {
            login.undecided(e);
            return Optional.empty();
        }
    }

    private record Begun(GuardedLogin login, String canonicalName, Optional<Credential> credential)
            implements Attempt {

        @Override
        public Optional<ScramKeys> keys() {
            return credential.map(Credential::password).flatMap(PasswordHashing::scramKeys);
        }

        @Override
        public Verdict conclude(boolean proven) {
            if (login.isLocked()) {
                return new Verdict.Unavailable();
            }
            return credential
                    .filter(_ -> proven)
                    .map(known -> login.accepted(known.account()))
                    .orElseGet(() -> login.rejected(false));
        }
    }
}
