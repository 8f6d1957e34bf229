package org.postrider.app.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postrider.app.security.LoginGuard.Limits;
import org.postrider.app.security.LoginGuard.Standing;
import org.postrider.app.security.LoginGuard.Subject;

/// Failures by what they are counted of. A count fades evenly, its limit in a window's time (a
/// leaky bucket); one that reaches the limit locks its subject. When there are too many, what
/// failed longest ago is forgotten.
final class FailureCounts {

    private static final int MOST = 50_000;

    private record Count(double failures, Instant at, Optional<Instant> lockedUntil) {}

    private static final Count NONE = new Count(0, Instant.EPOCH, Optional.empty());

    private final Limits limits;
    private final Map<Subject, Count> counts = new Latest<>(MOST);

    FailureCounts(Limits limits) {
        this.limits = limits;
    }

    /// Counts one more.
    ///
    /// @return until when the subject is locked, if it is locked from now on and was not before
    Optional<Instant> add(Subject subject, Instant now) {
        double failures = failures(subject, now) + 1;
        var locked = lockedUntil(subject, now);
        boolean locks = locked.isEmpty() && Math.ceil(failures) >= limits.of(subject.kind());
        var until = locks ? Optional.of(now.plus(limits.lock())) : locked;
        counts.put(subject, new Count(failures, now, until));
        return until.filter(_ -> locks);
    }

    /// What has not faded.
    double failures(Subject subject, Instant now) {
        var count = counts.getOrDefault(subject, NONE);
        double windows =
                (double) Duration.between(count.at(), now).toMillis() / limits.window().toMillis();
        return Math.max(0, count.failures() - windows * limits.of(subject.kind()));
    }

    Optional<Instant> lockedUntil(Subject subject, Instant now) {
        return counts.getOrDefault(subject, NONE).lockedUntil().filter(now::isBefore);
    }

    /// Some that count, in order.
    List<Standing> standings(Optional<Subject> after, int most, Instant now) {
        var all = new TreeMap<>(counts);
        return after.map(subject -> all.tailMap(subject, false)).orElse(all).keySet().stream()
                .map(subject ->
                        new Standing(
                                subject,
                                (int) Math.ceil(failures(subject, now)),
                                lockedUntil(subject, now)))
                .filter(standing -> standing.failures() > 0 || standing.lockedUntil().isPresent())
                .limit(most)
                .toList();
    }

    /// @return whether there was anything to forget
    boolean forget(Subject subject) {
        return counts.remove(subject) != null;
    }
}
