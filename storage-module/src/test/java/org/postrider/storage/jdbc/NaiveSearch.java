package org.postrider.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.DateField;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MessageText;
import org.postrider.storage.message.TextDecoding;

/// A search that decodes a whole message into strings, and then looks.
final class NaiveSearch {

    private final MailboxView view;
    private final int index;
    private final StoredMessage message;
    private final byte[] octets;
    private final List<String> header;
    private final List<String> body = new ArrayList<>();

    NaiveSearch(MailboxView view, StoredMessage message) throws IOException {
        this.view = view;
        this.index = view.indexOf(message.uid());
        this.message = message;
        try (var all = message.open()) {
            this.octets = all.readAllBytes();
        }
        int shift = message.traceOctets();
        var parser = MessageParser.begin();
        parser.write(octets, shift, octets.length - shift);
        var structure = parser.finish().structure();
        this.header = fields(0, shift + structure.place().body());
        var text =
                new MessageText(
                        (from, length) ->
                                new ByteArrayInputStream(octets, (int) from, (int) length),
                        shift);
        text.body(
                structure,
                new MessageText.Visitor() {
                    @Override
                    public boolean field(String field) {
                        body.add(field);
                        return false;
                    }

                    @Override
                    public boolean part(Reader part) throws IOException {
                        var whole = new StringWriter();
                        part.transferTo(whole);
                        body.add(whole.toString());
                        return false;
                    }
                });
    }

    private List<String> fields(long from, long to) {
        var text =
                new String(
                        Arrays.copyOfRange(octets, (int) from, (int) to),
                        StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("\r\n(?![ \t])", -1))
                .filter(field -> !field.isEmpty())
                .map(field -> field.replace("\r\n", ""))
                .toList();
    }

    long uid() {
        return message.uid();
    }

    boolean isShown() {
        return index >= 0;
    }

    String thread() {
        return message.threadId().orElse("T1");
    }

    /// Some text of the message, to be looked for.
    String anyText(Random random) {
        var all = new ArrayList<>(body);
        header.forEach(field -> all.add(TextDecoding.header(field)));
        if (all.isEmpty()) {
            return "x";
        }
        var text = all.get(random.nextInt(all.size()));
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        var piece = text.substring(from, to);
        boolean halves = piece.chars().anyMatch(c -> Character.isSurrogate((char) c) || c == 0);
        return halves ? "e" : random.nextBoolean() ? piece : piece.toUpperCase(Locale.ROOT);
    }

    /// Something to look for, mostly texts that are in some of the mail.
    static Criterion criterion(Random random, List<NaiveSearch> mail, int depth) {
        var one = mail.get(random.nextInt(mail.size()));
        var text = random.nextInt(10) == 0 ? "e" : one.anyText(random);
        var day = LocalDate.of(2026, 3, 1).minusDays(random.nextInt(12));
        return switch (random.nextInt(depth > 0 ? 20 : 15)) {
            case 0 -> new Criterion.All();
            case 1 -> new Criterion.Flagged(SystemFlag.SEEN);
            case 2 -> new Criterion.Keyword("$work");
            case 3 -> new Criterion.Larger(random.nextInt(50_000));
            case 4 -> new Criterion.Smaller(random.nextInt(50_000));
            case 5 -> new Criterion.Received(day, day.plusDays(random.nextInt(4)));
            case 6 -> new Criterion.Uids(UidSet.range(one.uid(), one.uid() + 10));
            case 7 -> new Criterion.Sent(LocalDate.of(2021, 1, 1), LocalDate.of(2023, 1, 1));
            case 8 -> new Criterion.ThreadId(one.thread());
            case 9 -> new Criterion.Field("From", text);
            case 10 -> new Criterion.Field("subject", text);
            case 11 -> new Criterion.Field(random.nextBoolean() ? "Received" : "To", text);
            case 12, 13 -> new Criterion.Body(text);
            case 14 -> new Criterion.Text(text);
            case 15, 16 -> new Criterion.Not(criterion(random, mail, depth - 1));
            case 17 ->
                    new Criterion.Or(
                            criterion(random, mail, depth - 1), criterion(random, mail, depth - 1));
            default ->
                    new Criterion.And(
                            List.of(
                                    criterion(random, mail, depth - 1),
                                    criterion(random, mail, depth - 1)));
        };
    }

    boolean test(Criterion criterion) {
        return switch (criterion) {
            case Criterion.All _ -> true;
            case Criterion.And(var all) -> all.stream().allMatch(this::test);
            case Criterion.Or(var one, var other) -> test(one) || test(other);
            case Criterion.Not(var not) -> !test(not);
            case Criterion.Flagged(var flag) -> view.flags(index).has(flag);
            case Criterion.Keyword(var word) ->
                    view.flags(index).keywords().stream().anyMatch(word::equalsIgnoreCase);
            case Criterion.Larger(var size) -> octets.length > size;
            case Criterion.Smaller(var size) -> octets.length < size;
            case Criterion.Received(var from, var to) -> {
                var day = view.internalDate(index).atZone(ZoneOffset.UTC).toLocalDate();
                yield !day.isBefore(from) && day.isBefore(to);
            }
            case Criterion.Uids(var uids) -> uids.contains(message.uid());
            case Criterion.ChangedSince(var modSeq) -> view.modSeq(index).value() >= modSeq;
            case Criterion.Saved _ -> true; // of today, as all that are looked for
            case Criterion.Sent(var from, var to) -> {
                var date = message.meta().envelope().date();
                yield date != null
                        && DateField.day(date)
                                .filter(day -> !day.isBefore(from) && day.isBefore(to))
                                .isPresent();
            }
            case Criterion.EmailId(var id) -> message.emailId().equals(id);
            case Criterion.ThreadId(var id) -> message.threadId().filter(id::equals).isPresent();
            case Criterion.Field(var name, var text) ->
                    header.stream()
                            .filter(field -> isNamed(field, name))
                            .map(field -> field.substring(field.indexOf(':') + 1).strip())
                            .anyMatch(field -> contains(TextDecoding.header(field), text));
            case Criterion.Body(var text) -> body.stream().anyMatch(part -> contains(part, text));
            case Criterion.Text(var text) ->
                    header.stream().anyMatch(field -> contains(TextDecoding.header(field), text))
                            || body.stream().anyMatch(part -> contains(part, text));
        };
    }

    private static boolean isNamed(String field, String name) {
        int colon = field.indexOf(':');
        return colon > 0 && field.substring(0, colon).strip().equalsIgnoreCase(name);
    }

    private static boolean contains(String text, String wanted) {
        return folded(text).contains(folded(wanted));
    }

    private static String folded(String text) {
        var folded = new StringBuilder();
        text.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
