package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads what a server has, as its clients see it.
final class ReadBack {

    private static final Pattern LISTED = Pattern.compile("\\* LIST .* \"?([^\"]+?)\"?");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
    private static final Pattern SIZE = Pattern.compile("\\bRFC822\\.SIZE (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");
    private static final String NAMES = "(FLAGS BODY.PEEK[HEADER.FIELDS (" + Letters.FIELD + ")])";
    private static final String EVERYTHING = "(FLAGS RFC822.SIZE BODY.PEEK[])";

    private final KilledServer server;
    private final Letters letters;
    private final UidLedger uids;

    ReadBack(KilledServer server, Letters letters, UidLedger uids) {
        this.server = server;
        this.letters = letters;
        this.uids = uids;
    }

    ImapTalk imap(String account) throws IOException {
        return ImapTalk.login(server.listener("imap"), account, KilledServer.PASSWORD);
    }

    Pop3Talk pop3(String account) throws IOException {
        return Pop3Talk.login(server.listener("pop3"), account, KilledServer.PASSWORD);
    }

    /// Some mailboxes of the accounts, every message by its name alone. Others may come and go
    /// meanwhile.
    Map<Place, Box> names(List<String> accounts, Predicate<Place> wanted) throws IOException {
        var found = new TreeMap<Place, Box>();
        for (var account : accounts) {
            try (var imap = imap(account)) {
                for (var place : places(account, imap)) {
                    if (wanted.test(place)) {
                        found.put(place, names(imap, place));
                    }
                }
            }
        }
        return found;
    }

    /// Every mailbox of an account, every octet of its messages, by IMAP and by POP3.
    Map<Place, Box> everything(String account) throws IOException {
        var found = new TreeMap<Place, Box>();
        try (var imap = imap(account)) {
            for (var place : places(account, imap)) {
                var sizes = new ArrayList<Long>();
                var box =
                        fetch(
                                imap,
                                place,
                                EVERYTHING,
                                octets -> {
                                    sizes.add((long) octets.length);
                                    return letters.read(octets);
                                });
                found.put(place, box);
                if (place.isInbox()) {
                    assertMaildropIs(account, box, sizes);
                }
            }
        }
        return found;
    }

    /// What is in one mailbox, by name; the mailbox is selected.
    Box names(ImapTalk imap, Place place) throws IOException {
        return fetch(imap, place, NAMES, octets -> Letters.name(text(octets).strip()));
    }

    /// Takes the octets of a message, or of a part of it.
    @FunctionalInterface
    private interface Naming {
        String name(byte[] octets);
    }

    private Box fetch(ImapTalk imap, Place place, String items, Naming naming) throws IOException {
        var selected = imap.command("SELECT \"" + place.mailbox() + "\"");
        long validity = Long.parseLong(selected.untaggedCode("UIDVALIDITY").orElseThrow());
        var found = new ArrayList<Letter>();
        for (var response : imap.command("UID FETCH 1:* " + items).said()) {
            // Flags that others change meanwhile are told without the octets.
            if (!response.literals().isEmpty()) {
                var octets = response.literals().getFirst();
                var name = naming.name(octets);
                long uid = number(UID, response.text());
                if (response.text().contains("RFC822.SIZE")) {
                    assertThat(number(SIZE, response.text())).as(name).isEqualTo(octets.length);
                }
                uids.told(place.account(), validity, uid, name);
                found.add(new Letter(name, flags(response.text()), uid));
            }
        }
        return new Box(validity, found);
    }

    private static List<Place> places(String account, ImapTalk imap) throws IOException {
        var places = new ArrayList<Place>();
        for (var response : imap.command("LIST \"\" \"*\"").said()) {
            var listed = LISTED.matcher(response.text());
            if (listed.matches()) {
                places.add(new Place(account, listed.group(1)));
            }
        }
        return places;
    }

    /// POP3 has the same messages in the same order, with the same sizes and octets, under
    /// unique-ids that go with the UIDs.
    private void assertMaildropIs(String account, Box inbox, List<Long> sizes) throws IOException {
        try (var pop3 = pop3(account)) {
            assertThat(pop3.list()).as(account).isEqualTo(sizes);
            var hex = HexFormat.of();
            var expected =
                    inbox.letters().stream()
                            .map(letter ->
                                    hex.toHexDigits(inbox.uidValidity(), 8)
                                            + hex.toHexDigits(letter.uid(), 8))
                            .toList();
            assertThat(pop3.uidl()).as(account).isEqualTo(expected);
            for (int index = 0; index < expected.size(); index += 7) {
                assertThat(letters.read(pop3.peek(index + 1)))
                        .isEqualTo(inbox.letters().get(index).name());
            }
            pop3.quit();
        }
    }

    private static SortedSet<String> flags(String response) {
        var flags = FLAGS.matcher(response);
        assertThat(flags.find()).as(response).isTrue();
        var all = new TreeSet<>(Arrays.asList(flags.group(1).split(" ", -1)));
        all.remove("");
        return all;
    }

    private static long number(Pattern pattern, String response) {
        var number = pattern.matcher(response);
        assertThat(number.find()).as(response).isTrue();
        return Long.parseLong(number.group(1));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
