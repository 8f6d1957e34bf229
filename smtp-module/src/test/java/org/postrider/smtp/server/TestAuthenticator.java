package org.postrider.smtp.server;

import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
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
        return address.filter(_ -> password.equals("secret"))
                .flatMap(directory::credential)
                .map(known -> known.account())
                .<Verdict>map(account ->
                        new Verdict.Accepted(
                                new Identity(account.id().value(), account.address().toString())))
                .orElseGet(Verdict.Rejected::new);
    }
}
