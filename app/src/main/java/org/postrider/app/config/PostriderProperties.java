package org.postrider.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postrider.app.security.LoginGuard;
import org.postrider.smtp.server.MxAuth;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.address.DomainName;
import org.postrider.transport.Network;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Every setting of the server but those of its HTTP side, which are Spring's (`server.port`,
/// `server.address`). What each means stands in docs/configuration.md.
///
/// @param hostname the name this server gives itself in greetings and trace fields
/// @param dataDir where everything is kept that must survive
@ConfigurationProperties("postrider")
public record PostriderProperties(
        @Nullable DomainName hostname,
        @Nullable Path dataDir,
        @DefaultValue Listen listen,
        @DefaultValue Database database,
        @DefaultValue Store store,
        @DefaultValue Mx mx,
        @DefaultValue Login login,
        @DefaultValue Password password,
        @DefaultValue Guard guard,
        @DefaultValue Tls tls,
        @DefaultValue Limits limits,
        @DefaultValue Proxy proxy,
        @DefaultValue Demo demo) {

    public PostriderProperties {
        if (dataDir == null || dataDir.toString().isEmpty()) {
            throw new SettingProblem(
                    "postrider.data-dir",
                    "is empty",
                    "name a directory, or leave the setting out.");
        }
    }

    /// The name this server gives itself: the one set, else the machine's.
    public DomainName serverName() {
        return hostname == null ? MachineName.find() : hostname;
    }

    public Path dataDirectory() {
        if (dataDir == null) {
            throw new IllegalStateException("a data directory is always set");
        }
        return dataDir.toAbsolutePath().normalize();
    }

    /// Where each protocol listens.
    public record Listen(
            @DefaultValue("off") ListenAddress mx,
            @DefaultValue("off") ListenAddress submission,
            @DefaultValue("off") ListenAddress submissions,
            @DefaultValue("off") ListenAddress pop3,
            @DefaultValue("off") ListenAddress pop3s,
            @DefaultValue("off") ListenAddress imap,
            @DefaultValue("off") ListenAddress imaps) {}

    /// The database: H2 in the data directory unless a URL is given.
    public record Database(
            @Nullable String url, @Nullable String user, @Nullable Path passwordFile) {

        /// A password in a URL, as a parameter or before the host's name.
        private static final Pattern SECRET =
                Pattern.compile("password\\s*=|//[^?]*:[^?]*@", Pattern.CASE_INSENSITIVE);

        public Database {
            if (url != null && SECRET.matcher(url).find()) {
                // Not the URL itself: what is refused ends up in a log.
                throw new SettingProblem(
                        "postrider.database.url",
                        "holds a password",
                        "take it out of the URL, write it to a file, and name that in"
                                + " postrider.database.password-file.");
            }
            if (url != null && !url.isBlank() && !url.matches("jdbc:(h2|postgresql):.*")) {
                throw new SettingProblem(
                        "postrider.database.url=" + url,
                        "is no database Postrider knows",
                        "write jdbc:postgresql://host:5432/name, or leave the setting out for H2"
                                + " in the data directory.");
            }
        }
    }

    /// How the mail store works, and how long it keeps what nobody sees any more.
    public record Store(
            @DefaultValue("7d") Duration undelete,
            @DefaultValue("30d") Duration changeLog,
            @DefaultValue("1000000") long changeLogSteps,
            @DefaultValue("256") int rangeThreshold,
            @DefaultValue("24h") Duration copyEvery,
            @DefaultValue("256MB") DataSize keepFree) {

        public Store {
            Bounds.check(
                    "postrider.store.undelete",
                    undelete,
                    Duration.ofMinutes(15),
                    Duration.ofDays(3650));
            Bounds.check(
                    "postrider.store.change-log",
                    changeLog,
                    Duration.ofDays(1),
                    Duration.ofDays(3650));
            Bounds.check(
                    "postrider.store.change-log-steps", changeLogSteps, 1_000L, Long.MAX_VALUE);
            Bounds.check("postrider.store.range-threshold", rangeThreshold, 1, Integer.MAX_VALUE);
            Bounds.check(
                    "postrider.store.copy-every",
                    copyEvery,
                    Duration.ofMinutes(10),
                    Duration.ofDays(30));
            Bounds.check(
                    "postrider.store.keep-free",
                    keepFree,
                    DataSize.ofBytes(0),
                    DataSize.ofTerabytes(1));
        }

        /// The limits of the store, with what was set.
        public StoreLimits limits() {
            var usual = StoreLimits.USUAL;
            return usual.with(new StoreLimits.Retention(undelete, changeLog, changeLogSteps))
                    .with(new StoreLimits.Ranges(rangeThreshold, usual.ranges().rest()))
                    .with(new StoreLimits.Embedded(copyEvery, usual.embedded().untidiedOctets()))
                    .with(
                            new StoreLimits.Bodies(
                                    usual.bodies().segmentOctets(), keepFree.toBytes()));
        }
    }

    /// The MX listener.
    public record Mx(@DefaultValue("off") MxAuth auth) {}

    /// How people log in.
    ///
    /// @param scram whether SCRAM-SHA-256 is offered, by which a password does not travel
    public record Login(
            @DefaultValue("tls") PlainText plainText, @DefaultValue("true") boolean scram) {}

    /// Where a password may travel.
    public enum PlainText {
        /// Inside TLS only.
        TLS,
        /// Inside TLS, or in clear text on a loopback listener.
        LOOPBACK
    }

    /// How costly it is to try a password (Argon2id), and for how long a verified one is
    /// remembered.
    public record Password(
            @DefaultValue("19MB") DataSize memory,
            @DefaultValue("2") int iterations,
            @DefaultValue("1") int parallelism,
            @DefaultValue("5m") Duration rememberFor) {

        private static final long MAX_MEMORY_MEGABYTES = 1024;

        public Password {
            Bounds.check("postrider.password.iterations", iterations, 1, 100);
            Bounds.check("postrider.password.parallelism", parallelism, 1, 16);
            Bounds.check(
                    "postrider.password.memory",
                    memory,
                    DataSize.ofMegabytes(1),
                    DataSize.ofMegabytes(MAX_MEMORY_MEGABYTES));
            Bounds.check(
                    "postrider.password.remember-for",
                    rememberFor,
                    Duration.ZERO,
                    Duration.ofHours(24));
        }
    }

    /// How many failed logins are too many, and for how long none is tried then.
    public record Guard(
            @DefaultValue("20") int failuresPerAddress,
            @DefaultValue("100") int failuresPerNetwork,
            @DefaultValue("50") int failuresPerAccount,
            @DefaultValue("1h") Duration window,
            @DefaultValue("15m") Duration lock,
            @DefaultValue({"127.0.0.0/8", "::1"}) List<Network> exemptNetworks) {

        private static final int MOST = 1_000_000;

        public Guard {
            exemptNetworks = List.copyOf(exemptNetworks);
            Bounds.check("postrider.guard.failures-per-address", failuresPerAddress, 1, MOST);
            Bounds.check("postrider.guard.failures-per-network", failuresPerNetwork, 1, MOST);
            Bounds.check("postrider.guard.failures-per-account", failuresPerAccount, 1, MOST);
            Bounds.check(
                    "postrider.guard.window", window, Duration.ofMinutes(1), Duration.ofDays(30));
            Bounds.check("postrider.guard.lock", lock, Duration.ofSeconds(1), Duration.ofDays(30));
        }

        /// The limits of the guard.
        public LoginGuard.Limits limits() {
            return new LoginGuard.Limits(
                    failuresPerAddress,
                    failuresPerNetwork,
                    failuresPerAccount,
                    window,
                    lock,
                    exemptNetworks);
        }
    }

    /// The certificate of the mail listeners: a self-signed one of our own making unless both are
    /// given.
    public record Tls(@Nullable Path certificate, @Nullable Path key) {

        public Tls {
            if ((certificate == null) != (key == null)) {
                var missing = certificate == null ? "certificate" : "key";
                var given = certificate == null ? "key" : "certificate";
                throw new SettingProblem(
                        "postrider.tls." + missing,
                        "is missing, while postrider.tls." + given + " is set",
                        "set both to PEM files, or neither for a self-signed certificate.");
            }
        }

        /// The files of the certificate that was configured.
        public Optional<PemFiles> files() {
            return certificate == null || key == null
                    ? Optional.empty()
                    : Optional.of(new PemFiles(certificate, key));
        }
    }

    /// What one client, and what all together, may take.
    public record Limits(
            @DefaultValue("10000") int connections,
            @DefaultValue("200") int connectionsPerAddress,
            @DefaultValue("50MB") DataSize messageSize) {

        public Limits {
            Bounds.check("postrider.limits.connections", connections, 1, 1_000_000);
            Bounds.check(
                    "postrider.limits.connections-per-address",
                    connectionsPerAddress,
                    1,
                    1_000_000);
            Bounds.check(
                    "postrider.limits.message-size",
                    messageSize,
                    DataSize.ofKilobytes(64),
                    DataSize.ofMegabytes(1_000));
        }
    }

    /// Who may tell us, by the PROXY protocol, where a connection comes from.
    public record Proxy(@DefaultValue List<Network> trustedNetworks) {

        public Proxy {
            trustedNetworks = List.copyOf(trustedNetworks);
        }
    }

    /// The demonstration's accounts.
    ///
    /// @param enabled whether they are made; `demo` sets it
    /// @param accounts more of them, as `pattern:count`
    public record Demo(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("postrider") String password,
            @DefaultValue List<AccountSeries> accounts) {

        public Demo {
            accounts = List.copyOf(accounts);
        }
    }
}
