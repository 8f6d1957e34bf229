package org.postrider.smtp.server;

import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Resolution;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.Identity;

/// Every account has the password `secret`; about `down@example.test` nothing can be found out.
record TestAuthenticator(Directory directory) implements Authenticator {

    @Override
    public Verdict verify(String name, String password, Connection from) {
        if (name.equals("down@example.test")) {
            return new Verdict.Unavailable();
        }
        var address = MailAddress.parse(name);
        if (address.isPresent()
                && password.equals("secret")
                && directory.resolve(address.get()) instanceof Resolution.Local(var account)) {
            return new Verdict.Accepted(
                    new Identity(account.id().value(), account.address().toString()));
        }
        return new Verdict.Rejected();
    }
}
