package org.postrider.app.security;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postrider.storage.address.MailAddress;
import org.postrider.transport.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands between somebody who guesses passwords and the accounts, for all protocols together.
///
/// Failed logins are counted for the address they come from (an IPv6 /64 is one), its network (IPv4
/// /24, IPv6 /48) and the account that was named, be there one or not. The more there are, the
/// longer the answer takes; at the limit no login is tried from there for a while. A locked account
/// is still open to where its owner logged in before, so that nobody locks out another.
///
/// All of it lives in the memory of this process, and is bounded.
public final class LoginGuard {

    private static final Logger LOG = LoggerFactory.getLogger(LoginGuard.class);

    /// Places that people are known from, and for how long.
    private static final int MOST_KNOWN = 50_000;

    private static final Duration KNOWN_FOR = Duration.ofDays(30);

    /// So many failures are answered at once; the next one waits so long, each after it twice as
    /// long, but less than a server takes to stop.
    private static final int FREE = 3;

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final int MOST_DOUBLINGS = 4;

    /// What failures are counted of.
    public enum Kind {
        ADDRESS,
        NETWORK,
        ACCOUNT;

        /// How JSON and the log write it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> parse(String text) {
            return Stream.of(values()).filter(kind -> kind.text().equals(text)).findAny();
        }
    }

    /// An address, a network, or an account by its canonical address.
    public record Subject(Kind kind, String name) implements Comparable<Subject> {

        private static final Comparator<Subject> ORDER =
                Comparator.comparing(Subject::kind).thenComparing(Subject::name);

        @Override
        public int compareTo(Subject other) {
            return ORDER.compare(this, other);
        }
    }

    /// How a subject stands.
    ///
    /// @param failures what has not faded, rounded up
    public record Standing(Subject subject, int failures, Optional<Instant> lockedUntil) {}

    /// How many failures fade within the window, and lock when they come faster.
    ///
    /// @param lock for how long
    /// @param exempt whose failures are counted for accounts only: a webmail's host
    public record Limits(
            int perAddress,
            int perNetwork,
            int perAccount,
            Duration window,
            Duration lock,
            List<Network> exempt) {

        public Limits {
            exempt = List.copyOf(exempt);
        }

        int of(Kind kind) {
            return switch (kind) {
                case ADDRESS -> perAddress;
                case NETWORK -> perNetwork;
                case ACCOUNT -> perAccount;
            };
        }
    }

    /// A login that is tried.
    ///
    /// @param from the address, exempt or not
    /// @param origin the address and its network, unless they are exempt
    /// @param account empty when what was named cannot be one
    public record Attempt(Subject from, List<Subject> origin, Optional<Subject> account) {

        public Attempt {
            origin = List.copyOf(origin);
        }
    }

    private record Place(Subject account, Subject from) {}

    private final Limits limits;
    private final InstantSource clock;
    private final FailureCounts counts;

    /// Until when.
    private final Map<Place, Instant> known = new Latest<>(MOST_KNOWN);

    public LoginGuard(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.counts = new FailureCounts(limits);
    }

    /// @param name as the client gave it
    public Attempt attempt(InetAddress from, String name) {
        boolean four = from.getAddress().length == 4;
        var address =
                new Subject(
                        Kind.ADDRESS,
                        four ? from.getHostAddress() : Network.subscriber(from).toString());
        var network = new Subject(Kind.NETWORK, new Network(from, four ? 24 : 48).toString());
        boolean exempt = limits.exempt().stream().anyMatch(each -> each.contains(from));
        var account = MailAddress.parse(name).map(named -> new Subject(Kind.ACCOUNT, named.key()));
        return new Attempt(address, exempt ? List.of() : List.of(address, network), account);
    }

    /// Whether it is not to be tried, because there were too many failures.
    public synchronized boolean isLocked(Attempt attempt) {
        var now = clock.instant();
        return counting(attempt, now).anyMatch(each -> counts.lockedUntil(each, now).isPresent());
    }

    /// Counts a failure.
    ///
    /// @return how long its answer is to wait
    public synchronized Duration failed(Attempt attempt) {
        var now = clock.instant();
        Stream.concat(attempt.origin().stream(), attempt.account().stream())
                .forEach(subject ->
                        counts.add(subject, now)
                                .ifPresent(until -> {
                                    LOG.warn(
                                            "too many failed logins: {} {} is locked until {}",
                                            subject.kind().text(),
                                            subject.name(),
                                            until);
                                }));
        return delay(attempt);
    }

    /// How long the answer to a failure is to wait that is not counted again: the same name and
    /// password as before.
    public synchronized Duration delay(Attempt attempt) {
        var now = clock.instant();
        int failures =
                counting(attempt, now)
                        .filter(subject -> subject.kind() != Kind.NETWORK)
                        .mapToInt(subject -> (int) Math.ceil(counts.failures(subject, now)))
                        .max()
                        .orElse(0);
        int doublings = Math.min(failures - FREE - 1, MOST_DOUBLINGS);
        return doublings < 0 ? Duration.ZERO : FIRST_WAIT.multipliedBy(1L << doublings);
    }

    /// Knows from now on where the account's owner is. Failures go on counting: who has an account
    /// may guess another's password.
    public synchronized void succeeded(Attempt attempt) {
        attempt.account()
                .ifPresent(account ->
                        known.put(
                                new Place(account, attempt.from()),
                                clock.instant().plus(KNOWN_FOR)));
    }

    /// Some of the subjects with failures, in order.
    ///
    /// @param after the one to begin behind
    public synchronized List<Standing> standings(Optional<Subject> after, int most) {
        return counts.standings(after, most, clock.instant());
    }

    /// Forgets the failures of a subject, and that it is locked.
    ///
    /// @return whether there were any
    public synchronized boolean lift(Subject subject) {
        return counts.forget(subject);
    }

    /// Whose failures matter to this one.
    private Stream<Subject> counting(Attempt attempt, Instant now) {
        var account = attempt.account().filter(named -> !isKnown(named, attempt.from(), now));
        return Stream.concat(attempt.origin().stream(), account.stream());
    }

    private boolean isKnown(Subject account, Subject from, Instant now) {
        var until = known.get(new Place(account, from));
        return until != null && now.isBefore(until);
    }
}
