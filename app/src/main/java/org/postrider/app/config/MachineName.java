package org.postrider.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.postrider.storage.address.DomainName;

/// The name of the machine we run on.
final class MachineName {

    private MachineName() {}

    /// The machine's own name where it is a domain name, else `localhost`.
    static DomainName find() {
        try {
            return DomainName.parse(InetAddress.getLocalHost().getHostName())
                    .orElseGet(MachineName::fallback);
        } catch (UnknownHostException e) {
            return fallback();
        }
    }

    private static DomainName fallback() {
        return new DomainName("localhost");
    }
}
