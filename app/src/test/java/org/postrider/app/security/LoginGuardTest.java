package org.postrider.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postrider.app.security.LoginGuard.Attempt;
import org.postrider.app.security.LoginGuard.Kind;
import org.postrider.app.security.LoginGuard.Standing;
import org.postrider.app.security.LoginGuard.Subject;
import org.postrider.transport.Network;

class LoginGuardTest {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration LOCK = Duration.ofMinutes(15);
    private static final int PER_ADDRESS = 10;
    private static final int PER_NETWORK = 30;
    private static final int PER_ACCOUNT = 20;

    private Instant now = Instant.parse("2026-11-22T00:00:00Z");

    private final LoginGuard guard =
            new LoginGuard(
                    new LoginGuard.Limits(
                            PER_ADDRESS,
                            PER_NETWORK,
                            PER_ACCOUNT,
                            WINDOW,
                            LOCK,
                            List.of(Network.parse("127.0.0.0/8"))),
                    () -> now);

    private Attempt attempt(String from, String name) {
        return guard.attempt(InetAddress.ofLiteral(from), name);
    }

    private void fail(int times, String from, String name) {
        for (int i = 0; i < times; i++) {
            var _ = guard.failed(attempt(from, name));
        }
    }

    private boolean isLocked(String from, String name) {
        return guard.isLocked(attempt(from, name));
    }

    @Test
    void anAddressWithTooManyFailuresIsLockedForAWhile() {
        for (int i = 1; i < PER_ADDRESS; i++) {
            fail(1, "192.0.2.1", "guess" + i + "@example.test");
            assertThat(isLocked("192.0.2.1", "anna@example.test")).isFalse();
        }
        fail(1, "192.0.2.1", "not an address");
        assertThat(isLocked("192.0.2.1", "anna@example.test")).isTrue();
        assertThat(isLocked("192.0.2.2", "anna@example.test")).as("a neighbour").isFalse();
        now = now.plus(LOCK);
        assertThat(isLocked("192.0.2.1", "anna@example.test")).isFalse();
    }

    @Test
    void whatIsLockedOnceIsLockedSoonerAgain() {
        fail(PER_ADDRESS, "192.0.2.1", "anna@example.test");
        now = now.plus(LOCK);
        fail(1, "192.0.2.1", "anna@example.test");
        assertThat(isLocked("192.0.2.1", "anna@example.test")).as("2.5 have faded").isFalse();
        fail(1, "192.0.2.1", "anna@example.test");
        assertThat(isLocked("192.0.2.1", "anna@example.test")).isTrue();
    }

    @Test
    void failuresThatComeSlowlyEnoughNeverLock() {
        for (int i = 0; i < 10 * PER_ADDRESS; i++) {
            fail(1, "192.0.2.1", "anna@example.test");
            now = now.plus(WINDOW.dividedBy(PER_ADDRESS));
            assertThat(isLocked("192.0.2.1", "anna@example.test")).isFalse();
        }
    }

    @Test
    void anIpv6SubscriberIsOneAddress() {
        for (int i = 1; i <= PER_ADDRESS; i++) {
            fail(1, "2001:db8:0:1::" + i, "anna@example.test");
        }
        assertThat(isLocked("2001:db8:0:1:ffff::1", "berta@example.test")).isTrue();
        assertThat(isLocked("2001:db8:0:2::1", "berta@example.test")).isFalse();
    }

    @Test
    void aNetworkIsLockedWhenItsAddressesTakeTurns() {
        for (int i = 1; i <= PER_NETWORK; i++) {
            assertThat(isLocked("192.0.2.250", "anna@example.test")).isFalse();
            fail(1, "192.0.2." + i, "guess" + i + "@example.test");
        }
        assertThat(isLocked("192.0.2.250", "anna@example.test")).isTrue();
        assertThat(isLocked("192.0.3.1", "anna@example.test")).isFalse();
    }

    @Test
    void anAccountIsLockedButNotForWhoeverLoggedInFromThereBefore() {
        guard.succeeded(attempt("198.51.100.7", "anna@example.test"));
        for (int i = 1; i <= PER_ACCOUNT; i++) {
            fail(1, "203.0." + i + ".1", "ANNA@Example.Test");
        }
        assertThat(isLocked("192.0.2.1", "anna@example.test")).isTrue();
        assertThat(isLocked("192.0.2.1", "berta@example.test")).isFalse();
        assertThat(isLocked("198.51.100.7", "Anna@example.test")).isFalse();
        now = now.plus(Duration.ofDays(30));
        for (int i = 1; i <= PER_ACCOUNT; i++) {
            fail(1, "203.0." + i + ".1", "anna@example.test");
        }
        assertThat(isLocked("198.51.100.7", "anna@example.test")).as("long ago").isTrue();
    }

    @Test
    void anExemptAddressIsCountedForAccountsOnly() {
        fail(PER_NETWORK, "127.0.0.1", "nobody in particular");
        assertThat(isLocked("127.0.0.1", "anna@example.test")).isFalse();
        fail(PER_ACCOUNT, "127.0.0.1", "anna@example.test");
        assertThat(isLocked("127.0.0.1", "anna@example.test")).isTrue();
        assertThat(isLocked("127.0.0.1", "berta@example.test")).isFalse();
    }

    @Test
    void theAnswerTakesLongerAndLongerButNotLongerThanAShutdownWaits() {
        var waits =
                Stream.generate(() -> guard.failed(attempt("192.0.2.1", "anna@example.test")))
                        .limit(9)
                        .map(Duration::toMillis)
                        .toList();
        assertThat(waits).containsExactly(0L, 0L, 0L, 250L, 500L, 1000L, 2000L, 4000L, 4000L);
        var again = attempt("192.0.2.1", "anna@example.test");
        assertThat(guard.delay(again)).isEqualTo(Duration.ofSeconds(4));
        assertThat(guard.delay(again)).as("is not counted").isEqualTo(Duration.ofSeconds(4));
        assertThat(guard.delay(attempt("192.0.2.2", "berta@example.test"))).isZero();
    }

    @Test
    void itIsSeenWhoFailedAndCanBeForgotten() {
        fail(PER_ADDRESS, "192.0.2.1", "anna@example.test");
        var locked = Optional.of(now.plus(LOCK));
        var address = new Subject(Kind.ADDRESS, "192.0.2.1");
        var all =
                List.of(
                        new Standing(address, PER_ADDRESS, locked),
                        new Standing(
                                new Subject(Kind.NETWORK, "192.0.2.0/24"),
                                PER_ADDRESS,
                                Optional.empty()),
                        new Standing(
                                new Subject(Kind.ACCOUNT, "anna@example.test"),
                                PER_ADDRESS,
                                Optional.empty()));
        assertThat(guard.standings(Optional.empty(), 10)).isEqualTo(all);
        assertThat(guard.standings(Optional.empty(), 1)).isEqualTo(all.subList(0, 1));
        assertThat(guard.standings(Optional.of(address), 10)).isEqualTo(all.subList(1, 3));

        assertThat(guard.lift(address)).isTrue();
        assertThat(guard.lift(address)).isFalse();
        assertThat(isLocked("192.0.2.1", "anna@example.test")).isFalse();
        now = now.plus(WINDOW);
        assertThat(guard.standings(Optional.empty(), 10)).as("all has faded").isEmpty();
    }

    @Test
    void whatFailedLongestAgoIsForgottenWhenThereIsTooMuch() {
        fail(PER_ADDRESS, "192.0.2.1", "anna@example.test");
        for (int i = 0; i < 50_000; i++) {
            fail(1, "10.%d.%d.1".formatted(i >> 8, i & 255), "x");
        }
        assertThat(isLocked("192.0.2.1", "anna@example.test")).isFalse();
        assertThat(guard.standings(Optional.empty(), 100_000)).hasSize(50_000);
    }
}
