package org.postrider.app;

import org.postrider.app.config.PostriderProperties.Login;
import org.postrider.app.config.PostriderProperties.PlainText;
import org.postrider.smtp.server.MxAuth;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.PasswordSasl;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.sasl.Sasl;
import org.postrider.transport.sasl.Scram;

/// The SASL mechanisms as the settings want them.
final class LoginMechanisms {

    private final Login settings;
    private final Authenticator authenticator;
    private final Scram scram;

    LoginMechanisms(Login settings, Authenticator authenticator, Scram scram) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.scram = scram;
    }

    /// Where people log in.
    Sasl usual() {
        return sasl(settings.plainText() == PlainText.LOOPBACK);
    }

    /// Where other servers bring mail.
    Sasl atMx(MxAuth auth) {
        return sasl(auth == MxAuth.LOOPBACK);
    }

    private Sasl sasl(boolean loopback) {
        var policy = loopback ? PlainTextLogin.TLS_OR_LOOPBACK : PlainTextLogin.TLS;
        return settings.scram()
                ? new PasswordSasl(authenticator, policy, scram)
                : new PasswordSasl(authenticator, policy);
    }
}
