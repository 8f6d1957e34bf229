package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The connections of a [MailClient], and what he does by them.
final class ClientSession implements AutoCloseable {

    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "\\Deleted", "$Forwarded", "a");

    private final MailClient client;
    private final KilledServer server;
    private final ReadBack back;
    private final Map<String, ImapTalk> connections = new HashMap<>();

    ClientSession(MailClient client, KilledServer server) {
        this.client = client;
        this.server = server;
        this.back = client.readBack(server);
    }

    /// One change, or a few that belong together.
    void step() throws IOException {
        int dice = client.hasMany() ? 55 + client.dice(45) : client.dice(100);
        if (dice < 20) {
            deliver();
        } else if (dice < 35) {
            append();
        } else if (dice < 50) {
            store();
        } else if (dice < 60) {
            copy();
        } else if (dice < 75) {
            folders();
        } else if (dice < 90) {
            expunge();
        } else {
            maildrop();
        }
    }

    // ---- messages come

    private void deliver() throws IOException {
        try (var smtp = SmtpTalk.connect(server.listener("mx"))) {
            for (int left = client.dice(4); left >= 0; left--) {
                var name = client.newName();
                var message = client.letters().write(name);
                var recipients = client.recipients();
                var after = client.now();
                for (var recipient : recipients) {
                    after = after.with(Place.inbox(recipient), box -> box.with(fresh(name)));
                }
                change(
                        after,
                        expected -> {
                            smtp.send(recipients, message);
                            return expected;
                        });
            }
            smtp.quit();
        }
    }

    private static List<Letter> fresh(String name) {
        return List.of(new Letter(name, new TreeSet<>(), Letter.UNKNOWN));
    }

    private void append() throws IOException {
        var place = client.any(client.now().places(client.anyAccount()));
        var name = client.newName();
        var message = client.letters().write(name);
        var flags = flags();
        var letter = new Letter(name, new TreeSet<>(flags), Letter.UNKNOWN);
        change(
                client.now().with(place, box -> box.with(List.of(letter))),
                after -> {
                    var unasked = client.dice(2) == 0;
                    var answer =
                            imap(place)
                                    .append(
                                            place.mailbox(),
                                            String.join(" ", flags),
                                            message,
                                            unasked);
                    var told = answer.code("APPENDUID").orElseThrow().split(" ", -1);
                    return told(after, place, told[0], Map.of(Long.parseLong(told[1]), letter));
                });
    }

    /// The server told the UIDs of messages that came into a mailbox.
    private Model told(Model after, Place place, String validity, Map<Long, Letter> came) {
        long uidValidity = Long.parseLong(validity);
        var box = after.box(place);
        assertThat(box.uidValidity()).isIn(Box.UNKNOWN, uidValidity);
        var letters = new ArrayList<>(box.letters());
        came.forEach((uid, letter) -> {
            client.told(place, uidValidity, uid, letter.name());
            assertThat(letters.remove(letter.at(Letter.UNKNOWN))).as("%s", letter).isTrue();
            letters.add(letter.at(uid));
        });
        // A new mailbox says its UIDVALIDITY here for the first time.
        return after.with(place, new Box(uidValidity, letters));
    }

    // ---- messages change

    private void store() throws IOException {
        var place = client.anyPlaceWithLetters();
        if (place.isPresent()) {
            var chosen = choose(select(place.get()), place.get());
            store(chosen, flags(), List.of("FLAGS", "+FLAGS", "-FLAGS").get(client.dice(3)));
        }
    }

    /// Messages of the mailbox that is selected, and how a command names them.
    private record Chosen(
            ImapTalk imap, Place place, Set<Letter> letters, String command, String set) {
        String named(String verb, String rest) {
            return (command + verb + " " + set + " " + rest).strip();
        }
    }

    /// By UIDs; where all messages are the client's own, also by ranges and numbers.
    private Chosen choose(ImapTalk imap, Place place) {
        var all = client.now().box(place).letters();
        if (client.isOwn(place) && client.dice(3) == 0) {
            int first = client.dice(all.size());
            int last = first + client.dice(all.size() - first);
            var range = new HashSet<>(all.subList(first, last + 1));
            return client.dice(2) == 0
                    ? new Chosen(imap, place, range, "", (first + 1) + ":" + (last + 1))
                    : new Chosen(
                            imap,
                            place,
                            range,
                            "UID ",
                            all.get(first).uid() + ":" + all.get(last).uid());
        }
        var some = client.some(all);
        var set = some.stream().map(each -> "" + each.uid()).collect(Collectors.joining(","));
        return new Chosen(imap, place, new HashSet<>(some), "UID ", set);
    }

    private void store(Chosen chosen, List<String> flags, String how) throws IOException {
        var after =
                client.now()
                        .with(
                                chosen.place(),
                                box ->
                                        box.map(letter ->
                                                chosen.letters().contains(letter)
                                                        ? changed(letter, flags, how)
                                                        : letter));
        var silent = client.dice(2) == 0 ? ".SILENT" : "";
        var command = chosen.named("STORE", how + silent + " (" + String.join(" ", flags) + ")");
        send(chosen.imap(), command, after);
    }

    private static Letter changed(Letter letter, List<String> flags, String how) {
        return switch (how) {
            case "+FLAGS" -> letter.with(flags);
            case "-FLAGS" -> letter.without(flags);
            default -> letter.flagged(flags);
        };
    }

    private void copy() throws IOException {
        var from = client.anyPlaceWithLetters();
        if (from.isEmpty()) {
            return;
        }
        var to = client.any(client.now().places(from.get().account()));
        var chosen = choose(select(from.get()), from.get());
        var copies = chosen.letters().stream().map(letter -> letter.at(Letter.UNKNOWN)).toList();
        change(
                client.now().with(to, box -> box.with(copies)),
                after -> {
                    var answer =
                            chosen.imap().command(chosen.named("COPY", "\"" + to.mailbox() + "\""));
                    var told = answer.code("COPYUID").orElseThrow().split(" ", -1);
                    var sources = uids(told[1]);
                    var targets = uids(told[2]);
                    var byUid =
                            chosen.letters().stream()
                                    .collect(Collectors.toMap(Letter::uid, letter -> letter));
                    assertThat(sources).containsExactlyInAnyOrderElementsOf(byUid.keySet());
                    var came =
                            IntStream.range(0, sources.size())
                                    .boxed()
                                    .collect(
                                            Collectors.toMap(
                                                    targets::get, i -> byUid.get(sources.get(i))));
                    return told(after, to, told[0], came);
                });
    }

    /// `4,7:9` → 4, 7, 8, 9
    private static List<Long> uids(String set) {
        return List.of(set.split(",", -1)).stream()
                .flatMap(part -> {
                    var ends = part.split(":", -1);
                    return LongStream.rangeClosed(
                                    Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                            .boxed();
                })
                .toList();
    }

    // ---- messages go

    private void expunge() throws IOException {
        var from = client.anyPlaceWithLetters();
        if (from.isEmpty()) {
            return;
        }
        var place = from.get();
        var chosen = choose(select(place), place);
        store(chosen, List.of(Letter.DELETED), "+FLAGS");
        if (client.isOwn(place) && client.dice(2) == 0) {
            var after = client.now().with(place, box -> box.without(Letter::isDeleted));
            send(chosen.imap(), client.dice(2) == 0 ? "EXPUNGE" : "CLOSE", after);
        } else {
            var gone = chosen.letters().stream().map(Letter::uid).collect(Collectors.toSet());
            var set = gone.stream().map(String::valueOf).collect(Collectors.joining(","));
            var after =
                    client.now().with(place, box -> box.without(each -> gone.contains(each.uid())));
            send(chosen.imap(), "UID EXPUNGE " + set, after);
        }
    }

    /// A POP3 session that fetches some messages and deletes some.
    private void maildrop() throws IOException {
        var inbox = Place.inbox(client.account());
        select(inbox);
        var all = client.now().box(inbox).letters();
        try (var pop3 = back.pop3(client.account())) {
            assertThat(pop3.list()).hasSameSizeAs(all);
            var seen = new HashSet<Letter>();
            for (var letter : client.some(all)) {
                var name = client.letters().read(pop3.retr(all.indexOf(letter) + 1));
                assertThat(name).isEqualTo(letter.name());
                seen.add(letter);
            }
            var gone = new HashSet<>(client.some(all));
            for (var letter : gone) {
                pop3.dele(all.indexOf(letter) + 1);
            }
            var after =
                    client.now()
                            .with(
                                    inbox,
                                    box ->
                                            box.without(gone::contains)
                                                    .map(letter ->
                                                            seen.contains(letter)
                                                                    ? letter.with(
                                                                            List.of(Letter.SEEN))
                                                                    : letter));
            change(
                    after,
                    expected -> {
                        pop3.quit();
                        return expected;
                    });
        }
    }

    // ---- mailboxes

    private void folders() throws IOException {
        var account = client.anyAccount();
        var place = new Place(account, client.folder());
        var other = new Place(account, client.folder());
        var now = client.now();
        if (!now.has(place)) {
            if (account.equals(client.account()) && client.dice(3) == 0) {
                rename(Place.inbox(account), place);
            } else {
                send(imap(place), "CREATE \"" + place.mailbox() + "\"", now.with(place, Box.NEW));
            }
        } else if (!now.has(other)) {
            rename(place, other);
        } else {
            send(imap(place), "DELETE \"" + place.mailbox() + "\"", now.without(place));
        }
    }

    /// Of INBOX the messages go, and it stays (RFC 3501 §6.3.5).
    private void rename(Place from, Place to) throws IOException {
        var box = client.now().box(from);
        var after =
                from.isInbox()
                        ? client.now()
                                .with(from, inbox -> inbox.without(_ -> true))
                                .with(to, box.moved())
                        : client.now().without(from).with(to, box);
        send(imap(from), "RENAME \"%s\" \"%s\"".formatted(from.mailbox(), to.mailbox()), after);
    }

    // ---- the wire

    private void change(Model after, MailClient.Request request) throws IOException {
        client.change(after, request);
        server.acknowledged();
    }

    private void send(ImapTalk imap, String command, Model after) throws IOException {
        change(
                after,
                expected -> {
                    imap.command(command);
                    return expected;
                });
    }

    private ImapTalk imap(Place place) throws IOException {
        var imap = connections.get(place.account());
        if (imap == null) {
            imap = back.imap(place.account());
            connections.put(place.account(), imap);
        }
        return imap;
    }

    /// Selects a mailbox, and has the UID of each message in it.
    private ImapTalk select(Place place) throws IOException {
        var imap = imap(place);
        if (client.now().box(place).isKnown()) {
            imap.command("SELECT \"" + place.mailbox() + "\"");
        } else {
            client.learn(place, back.names(imap, place));
        }
        return imap;
    }

    private List<String> flags() {
        return client.some(FLAGS);
    }

    @Override
    public void close() throws IOException {
        for (var imap : connections.values()) {
            imap.close();
        }
    }
}
