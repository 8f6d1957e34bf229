package org.postrider.storage.jdbc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Says when the power goes: while a store serves at random, and in each other phase of its life at
/// a write or force that is drawn when the phase begins. Phases that had few cuts get the next
/// ones, so each has its share; how many there were is counted.
final class CutAims {

    /// What a store, or who makes its database anew, is doing.
    enum Phase {
        /// It is opened for the first time, or after an orderly end.
        STARTING,
        /// Sessions change it.
        SERVING,
        /// Rows follow large changes that were only logged.
        APPLYING,
        /// What is gone goes for good.
        PURGING,
        /// Octets that nothing names any more are counted.
        COLLECTING,
        /// Segments more than half dead are copied, empty ones deleted.
        COMPACTING,
        /// The database is copied while it is used.
        COPYING,
        /// It is closed, and its file made smaller.
        CLOSING,
        /// It is opened after a power cut.
        RECOVERING,
        /// Its database is made anew from a copy and the segments.
        RESTORING
    }

    /// Writes and forces from one cut to the next while a store serves, on average.
    private static final int RARITY = 120;

    /// A phase that has its share is cut once in so many times.
    private static final int SELDOM = 4;

    private final SplittableRandom random;
    private final Map<Phase, Integer> taken = new EnumMap<>(Phase.class);

    /// Writes and forces of each phase when it was seen last.
    private final Map<Phase, Integer> lengths = new EnumMap<>(Phase.class);

    CutAims(long seed) {
        this.random = new SplittableRandom(seed);
        for (var phase : Phase.values()) {
            taken.put(phase, 0);
            lengths.put(phase, RARITY / 4);
        }
    }

    /// Cuts in each phase.
    synchronized Map<Phase, Integer> taken() {
        return Map.copyOf(taken);
    }

    synchronized int total() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized boolean everyPhaseHadOne() {
        return !taken.containsValue(0);
    }

    /// A generator that goes on independently.
    synchronized SplittableRandom split() {
        return random.split();
    }

    private synchronized int draw(Phase phase) {
        if (phase == Phase.SERVING) {
            return 1 + random.nextInt(2 * RARITY);
        }
        int fewest = taken.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        boolean hasItsShare = taken.getOrDefault(phase, 0) > fewest;
        return hasItsShare && random.nextInt(SELDOM) != 0
                ? Integer.MAX_VALUE
                : 1 + random.nextInt(Math.max(1, lengths.getOrDefault(phase, 1)));
    }

    private synchronized void ended(Phase phase, int length) {
        lengths.put(phase, length);
    }

    private synchronized void hit(Phase phase) {
        taken.merge(phase, 1, Integer::sum);
    }

    /// Where the next cut of one disk comes.
    final class Aim {
        private Optional<Phase> phase = Optional.empty();
        private int seen;
        private int at;

        /// From now on the store is in this phase.
        synchronized void begin(Phase next) {
            end();
            phase = Optional.of(next);
            at = draw(next);
        }

        /// From now on there is no cut.
        synchronized void end() {
            phase.ifPresent(before -> ended(before, seen));
            phase = Optional.empty();
            seen = 0;
        }

        /// To be called at each write and force.
        ///
        /// @return the phase, if the power goes now
        synchronized Optional<Phase> event() {
            seen++;
            if (phase.isEmpty() || seen != at) {
                return Optional.empty();
            }
            var now = phase.get();
            hit(now);
            if (now == Phase.SERVING) {
                at = seen + draw(now);
            }
            return phase;
        }
    }
}
