package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.CutAims.Phase;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.jdbc.restore.Restore;
import org.postrider.storage.mailbox.StoreUnavailable;

/// The power goes while everything is being changed, in every phase of a store's life
/// ([CutAims.Phase]). Whatever the disk kept of what was not forced, the store opens, has each
/// acknowledged change exactly once and nothing half, and goes on working; and a restore that was
/// cut brings back, when it is begun again, what it would have brought back.
class PowerCutTest {

    /// How long new cuts are made; `-Dcut.seconds` makes it longer.
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("cut.seconds", 25));

    /// On a slow machine the time is longer, until every phase had its cut.
    private static final Duration MOST_TIME = TIME.multipliedBy(4);

    private static final int CHECKERS = 2;

    /// What must be found on a disk after a cut.
    private sealed interface Claim {

        /// The state of each session.
        record Changes(Map<ModelSession, ModelSession.Claim> of) implements Claim {}

        /// What each session has when the database was made anew.
        record Restored(Map<ModelSession, String> of) implements Claim {}
    }

    /// A disk after a cut.
    private record Cut(int number, Phase phase, ForgetfulDisk.Loss loss, Path image, Claim claim) {}

    private static final Cut NO_MORE =
            new Cut(
                    -1,
                    Phase.SERVING,
                    ForgetfulDisk.Loss.ALL,
                    Path.of(""),
                    new Claim.Restored(Map.of()));

    private final long seed = Long.getLong("cut.seed", System.nanoTime());
    private final long begin = System.nanoTime();
    private final CutAims aims = new CutAims(seed);
    private final ArrayBlockingQueue<Cut> cuts = new ArrayBlockingQueue<>(CHECKERS);
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();

    @TempDir Path directory;

    @Test
    void whatWasAcknowledgedSurvivesTheCut() throws Exception {
        System.out.printf("power cuts: seed %d%n", seed);
        int lives = 0;
        try (var threads = Executors.newFixedThreadPool(CHECKERS)) {
            var checkers = new ArrayList<Future<?>>();
            for (int i = 0; i < CHECKERS; i++) {
                checkers.add(threads.submit(this::checkAll));
            }
            try {
                while (goesOn()) {
                    live(lives++);
                }
            } finally {
                for (int i = 0; i < CHECKERS; i++) {
                    cuts.put(NO_MORE);
                }
            }
            for (var checker : checkers) {
                checker.get();
            }
        }
        System.out.printf(
                "%d power cuts in %d lives, %d survived: %s%n",
                taken.get(), lives, checked.get(), new TreeMap<>(aims.taken()));
        assertThat(failures).as("seed %d", seed).isEmpty();
        assertThat(aims.taken()).as("cuts in each phase").doesNotContainValue(0);
        assertThat(checked).hasValue(taken.get());
    }

    private boolean goesOn() {
        long now = System.nanoTime() - begin;
        return now < TIME.toNanos() || (now < MOST_TIME.toNanos() && !aims.everyPhaseHadOne());
    }

    /// A failed force leaves nobody knowing what is on the disk: nothing is accepted any more,
    /// though the next force would succeed.
    @Test
    void aFailedForceIsNotTriedAgain() throws Exception {
        try (var disk = new ForgetfulDisk(directory)) {
            try (var store = StoreLife.open(disk, directory, InstantSource.system())) {
                var session = new ModelSession("s", seed, store);
                session.begin();
                disk.breakForce(new IOException("the disk is broken"));
                assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(session::deliver);
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(session::deliver);
                }
            }
        }
        try (var store =
                JdbcStore.open(StoreSettings.embedded(directory), InstantSource.system())) {
            new ModelSession("s", seed, store).begin();
        }
        Invariants.assertHold(StoreSettings.embedded(directory));
    }

    // ---- cuts

    /// A store from its first start over many changes to its end, and its database made anew.
    private void live(int number) throws Exception {
        var place = directory.resolve("life" + number);
        var random = aims.split();
        List<ModelSession> sessions;
        try (var disk = new ForgetfulDisk(place)) {
            var life = new StoreLife(disk, place, number, random, aims.new Aim());
            disk.watch(() ->
                    life.aim()
                            .event()
                            .filter(_ -> goesOn())
                            .ifPresent(phase -> take(disk, random, phase, changes(life))));
            life.run(this::goesOn);
            sessions = life.sessions();
        }
        if (goesOn() || !aims.everyPhaseHadOne()) {
            restore(place, number, random, sessions);
        }
        delete(place);
    }

    private static Claim changes(StoreLife life) {
        var claims = new HashMap<ModelSession, ModelSession.Claim>();
        for (var session : life.sessions()) {
            session.claim().ifPresent(claim -> claims.put(session, claim));
        }
        return new Claim.Changes(claims);
    }

    /// The database is lost or damaged and made anew, once with the power and once without.
    private void restore(Path place, int life, SplittableRandom random, List<ModelSession> sessions)
            throws IOException {
        var database = place.resolve("postrider.mv.db");
        if (life % 2 == 0) {
            Files.delete(database);
        } else {
            var octets = Files.readAllBytes(database);
            for (int at = 0; at < octets.length; at += 700) {
                octets[at] ^= 0x55;
            }
            Files.write(database, octets);
        }
        var calm = directory.resolve("calm" + life);
        copy(place, calm);
        Restore.run(StoreSettings.embedded(calm), InstantSource.system());
        var restored = new HashMap<ModelSession, String>();
        try (var store = JdbcStore.open(StoreSettings.embedded(calm), InstantSource.system())) {
            for (var session : sessions) {
                restored.put(session, session.found(store));
            }
        }
        delete(calm);
        try (var disk = new ForgetfulDisk(place)) {
            var aim = aims.new Aim();
            disk.watch(() ->
                    aim.event()
                            .ifPresent(phase ->
                                    take(disk, random, phase, new Claim.Restored(restored))));
            aim.begin(Phase.RESTORING);
            Restore.run(
                    StoreLife.settings(disk, place), InstantSource.system(), disk.segmentFiles());
            aim.end();
        }
    }

    private void take(ForgetfulDisk disk, SplittableRandom random, Phase phase, Claim claim) {
        try {
            cuts.put(cut(disk, random, phase, claim));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cut cut(ForgetfulDisk disk, SplittableRandom random, Phase phase, Claim claim) {
        try {
            int number = taken.getAndIncrement();
            var losses = ForgetfulDisk.Loss.values();
            var loss = losses[random.nextInt(losses.length)];
            var image = directory.resolve("cut" + number);
            disk.cut(random, loss, image);
            return new Cut(number, phase, loss, image, claim);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what is left

    private Void checkAll() throws Exception {
        for (var cut = cuts.take(); !cut.equals(NO_MORE); cut = cuts.take()) {
            checkWithThoseInIt(cut);
        }
        return null;
    }

    /// Looks at what a cut left, and at what cuts leave that come while it is opened.
    private void checkWithThoseInIt(Cut cut) throws IOException {
        var inner = new ArrayList<Cut>();
        try {
            switch (cut.claim()) {
                case Claim.Changes(var claims) -> check(cut, claims, inner);
                case Claim.Restored(var found) -> check(cut, found);
            }
            checked.incrementAndGet();
        } catch (StoreUnavailable | SQLException | AssertionError e) {
            failures.add(
                    "cut %d, %s, %s: %s"
                            .formatted(cut.number(), cut.phase(), cut.loss(), causes(e)));
        }
        delete(cut.image());
        for (var each : inner) {
            checkWithThoseInIt(each);
        }
    }

    /// Opens what is left, as often as it takes to see that its end was orderly too.
    private void check(Cut cut, Map<ModelSession, ModelSession.Claim> claims, List<Cut> inner)
            throws IOException, SQLException {
        var random = new SplittableRandom(seed + cut.number());
        try (var disk = new ForgetfulDisk(cut.image())) {
            var settings = StoreLife.settings(disk, cut.image());
            var aim = aims.new Aim();
            disk.watch(() ->
                    aim.event()
                            .filter(_ -> goesOn())
                            .ifPresent(phase -> inner.add(cut(disk, random, phase, cut.claim()))));
            aim.begin(Phase.RECOVERING);
            for (int start = 0; start < 1 + cut.number() % 2; start++) {
                try (var store = StoreLife.open(disk, cut.image(), InstantSource.system())) {
                    for (var each : claims.entrySet()) {
                        var found = each.getKey().found(store);
                        assertThat(each.getValue().states())
                                .as(each.getKey().name())
                                .contains(found);
                    }
                    aim.end();
                    var next = new ModelSession("next" + start, cut.number(), store);
                    next.begin();
                    for (int step = 0; step < 5; step++) {
                        next.step();
                    }
                }
            }
            Invariants.assertHold(settings);
            for (var copy : DatabaseCopies.of(settings)) {
                DatabaseCopies.requireReadable(
                        settings, DatabaseFiles.of(disk.url()).url(copy.file()));
            }
        }
    }

    /// A restore that was cut is begun again, unless it was at its end.
    private static void check(Cut cut, Map<ModelSession, String> restored)
            throws IOException, SQLException {
        try (var disk = new ForgetfulDisk(cut.image())) {
            var settings = StoreLife.settings(disk, cut.image());
            var clock = InstantSource.system();
            if (!opens(disk, cut.image())) {
                Restore.run(settings, clock, disk.segmentFiles());
            }
            try (var store = StoreLife.open(disk, cut.image(), clock)) {
                for (var each : restored.entrySet()) {
                    assertThat(withoutNumbersToCome(each.getKey().found(store)))
                            .as(each.getKey().name())
                            .isEqualTo(withoutNumbersToCome(each.getValue()));
                }
                new ModelSession("next", cut.number(), store).begin();
            }
            Invariants.assertHold(settings);
        }
    }

    /// Each attempt goes on from far above the numbers of the one before.
    private static String withoutNumbersToCome(String found) {
        return found.replaceAll("uidnext \\d+", "uidnext");
    }

    private static boolean opens(ForgetfulDisk disk, Path image) {
        try {
            StoreLife.open(disk, image, InstantSource.system()).close();
            return true;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    private static String causes(Throwable failure) {
        var text = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append("; ");
        }
        return text.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
