package org.postrider.app;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.postrider.app.admin.AdminToken;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.config.ListenAddress;
import org.postrider.app.demo.DemoAccounts;
import org.postrider.app.demo.DemoScreen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said when the server is ready.
final class ServerReady {

    private static final Logger LOG = LoggerFactory.getLogger(ServerReady.class);

    private final MailListeners listeners;
    private final DemoAccounts accounts;
    private final AdminToken token;
    private final DataDirectory dataDirectory;
    private final Http http;

    /// Where the administration listens.
    @FunctionalInterface
    interface Http {
        int port();
    }

    ServerReady(
            MailListeners listeners,
            DemoAccounts accounts,
            AdminToken token,
            DataDirectory dataDirectory,
            Http http) {
        this.listeners = listeners;
        this.accounts = accounts;
        this.token = token;
        this.dataDirectory = dataDirectory;
        this.http = http;
    }

    /// Logs that the server is ready, and gives what a demonstration prints (nothing otherwise).
    public String announcement() {
        var addresses = listeners.addresses();
        LOG.info(
                "ready after {} ms: {}, http {}, administration token in {}",
                sinceStart().toMillis(),
                addresses.entrySet().stream()
                        .map(each -> each.getKey() + " " + new ListenAddress.At(each.getValue()))
                        .collect(Collectors.joining(", ")),
                http.port(),
                token.file());
        return accounts.addresses().isEmpty()
                ? ""
                : new DemoScreen(addresses, http.port(), accounts, dataDirectory.path()).text();
    }

    private static Duration sinceStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }
}
