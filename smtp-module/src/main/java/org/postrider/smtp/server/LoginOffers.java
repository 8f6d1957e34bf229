package org.postrider.smtp.server;

import java.util.List;
import org.postrider.smtp.receive.Offer;
import org.postrider.transport.Connection;
import org.postrider.transport.sasl.Sasl;

/// Says who may log in where: on submission whom the mechanisms themselves allow, on the MX as
/// [MxAuth] has it besides.
final class LoginOffers {

    private final SmtpSettings settings;
    private final Sasl sasl;

    LoginOffers(SmtpSettings settings, Sasl sasl) {
        this.settings = settings;
        this.sasl = sasl;
    }

    Offer offer(Connection connection) {
        boolean encrypted = connection.tls().isPresent();
        boolean everPossible =
                settings.kind() == ServiceKind.SUBMISSION || settings.mxAuth() != MxAuth.OFF;
        List<String> mechanisms =
                isAllowed(connection, encrypted) ? sasl.mechanisms(connection) : List.of();
        return new Offer(
                encrypted, connection.canStartTls(), mechanisms, everPossible && !encrypted);
    }

    private boolean isAllowed(Connection connection, boolean encrypted) {
        return switch (settings.kind()) {
            case SUBMISSION -> true;
            case MX ->
                    switch (settings.mxAuth()) {
                        case OFF -> false;
                        case TLS -> encrypted;
                        case LOOPBACK -> encrypted || isLoopback(connection);
                    };
        };
    }

    private static boolean isLoopback(Connection connection) {
        return connection.remoteAddress().getAddress().isLoopbackAddress()
                && connection.localAddress().getAddress().isLoopbackAddress();
    }
}
