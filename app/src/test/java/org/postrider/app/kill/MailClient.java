package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Somebody with an account alone and a part in accounts that many share, who changes his messages
/// and mailboxes there in every way the protocols have, one change after the other. He knows
/// beforehand what they are after each. So whenever the server dies, one of two states must be
/// found: the one after the last change that was acknowledged, or the one after the change that was
/// not.
final class MailClient {

    /// So many messages are enough: rather some are removed.
    private static final int MANY = 60;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final int number;
    private final String account;
    private final List<String> shared;
    private final Letters letters;
    private final UidLedger uids;
    private final Random random;
    private int named;

    /// What the messages are, if nothing is on its way.
    private Model now = new Model(new TreeMap<>());

    /// What they may be: the last is what was asked for.
    private List<Model> claim = List.of();

    MailClient(int number, List<String> shared, Letters letters, UidLedger uids, long seed) {
        this.number = number;
        this.account = account(number);
        this.shared = List.copyOf(shared);
        this.letters = letters;
        this.uids = uids;
        this.random = new Random(seed + number);
    }

    static String account(int number) {
        return "c" + number + "@example.test";
    }

    boolean hasBegun() {
        return !claim.isEmpty();
    }

    /// Begins with what is there before anything was done.
    void begin(Map<Place, Box> found) {
        var boxes = new TreeMap<>(found);
        boxes.keySet().removeIf(Predicate.not(this::takesPart));
        now = new Model(boxes);
        claim = List.of(now);
    }

    /// Works until the server is killed.
    void work(KilledServer server) throws IOException {
        while (!server.isKilled()) {
            try (var session = new ClientSession(this, server)) {
                while (true) {
                    session.step();
                }
            } catch (IOException e) {
                if (!server.isKilled()) {
                    if (!server.isDisturbed()) {
                        throw e;
                    }
                    settle(server);
                }
            }
        }
    }

    /// Looks what became of the last change, as soon as the server can tell.
    private void settle(KilledServer server) {
        var back = new ReadBack(server, letters, uids);
        var accounts = new ArrayList<>(shared);
        accounts.add(account);
        while (!server.isKilled()) {
            try {
                find(back.names(accounts, this::takesPart));
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    /// Asserts that what was found of everything is what may be, and goes on from there.
    void find(Map<Place, Box> found) {
        var possible =
                claim.stream()
                        .flatMap(model -> model.asFound(found, this::isMine, this::isOwn).stream())
                        .findFirst();
        assertThat(possible)
                .as(() -> account + "\nmust be one of\n" + claim + "\nis\n" + mine(found))
                .isPresent();
        now = possible.orElseThrow();
        claim = List.of(now);
    }

    private Model mine(Map<Place, Box> found) {
        var boxes = new TreeMap<Place, Box>();
        found.forEach((place, box) -> {
            var letters = box.without(Predicate.not(this::isMine));
            if (isOwn(place) || !letters.letters().isEmpty()) {
                boxes.put(place, letters);
            }
        });
        return new Model(boxes);
    }

    // ---- what the steps need

    /// Something the server is asked to do.
    @FunctionalInterface
    interface Request {
        /// @param after what will be when it is done
        /// @return the same, with the UIDs that the server told
        Model send(Model after) throws IOException;
    }

    /// Claims what will be, asks for it, and waits for the server's word.
    void change(Model after, Request request) throws IOException {
        claim = List.of(now, after);
        now = request.send(after);
        claim = List.of(now);
    }

    Model now() {
        return now;
    }

    /// The server said what is in a mailbox, while nothing was on its way.
    void learn(Place place, Box found) {
        var letters = found.without(Predicate.not(this::isMine));
        var known = now.box(place).asFound(letters);
        assertThat(known)
                .as(() -> place + "\nmust be\n" + now.box(place) + "\nis\n" + letters)
                .isPresent();
        now = now.with(place, known.orElseThrow());
        claim = List.of(now);
    }

    void told(Place place, long uidValidity, long uid, String name) {
        uids.told(place.account(), uidValidity, uid, name);
    }

    ReadBack readBack(KilledServer server) {
        return new ReadBack(server, letters, uids);
    }

    Letters letters() {
        return letters;
    }

    String account() {
        return account;
    }

    String newName() {
        return "c" + number + "-" + ++named;
    }

    /// A name for a mailbox that nobody else takes.
    String folder() {
        return "f" + number + "-" + random.nextInt(4);
    }

    boolean isMine(Letter letter) {
        return letter.name().startsWith("c" + number + "-");
    }

    /// Whether the mailbox is this client's, with everything in it.
    boolean isOwn(Place place) {
        return place.account().equals(account) || isOwnFolder(place);
    }

    boolean isOwnFolder(Place place) {
        return place.mailbox().startsWith("f" + number + "-");
    }

    /// Whether letters of this client's can be there.
    private boolean takesPart(Place place) {
        return isOwn(place) || (shared.contains(place.account()) && place.isInbox());
    }

    // ---- chance

    boolean hasMany() {
        return now.letters() > MANY;
    }

    int dice(int sides) {
        return random.nextInt(sides);
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /// Some of them, at least one if there is one.
    <T> List<T> some(List<T> all) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.isEmpty()
                ? shuffled
                : List.copyOf(shuffled.subList(0, 1 + random.nextInt(Math.min(5, all.size()))));
    }

    String anyAccount() {
        return random.nextBoolean() ? account : any(shared);
    }

    /// The accounts a message goes to.
    List<String> recipients() {
        var all = new ArrayList<>(shared);
        all.add(account);
        return some(all);
    }

    Optional<Place> anyPlaceWithLetters() {
        var places =
                now.boxes().entrySet().stream()
                        .filter(each -> !each.getValue().letters().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        return places.isEmpty() ? Optional.empty() : Optional.of(any(places));
    }
}
