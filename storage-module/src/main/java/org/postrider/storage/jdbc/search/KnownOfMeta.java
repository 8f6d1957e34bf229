package org.postrider.storage.jdbc.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.reading.HeaderColumns;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.message.DateField;

/// What the view and the rows of `message_meta` tell of some messages, one after the other.
final class KnownOfMeta implements Verdict.Known {

    /// Numbers in the row of a message.
    record Numbers(long body, long thread, long saved) {}

    private final KnownOfView view;
    private final SearchNeeds needs;
    private final Map<String, HeaderColumns.Column> columns;
    private final Map<Long, Numbers> numbers;
    private int at;
    private long uid;

    /// @param numbers by UID, when they are needed
    KnownOfMeta(
            KnownOfView view,
            SearchNeeds needs,
            Map<String, HeaderColumns.Column> columns,
            Map<Long, Numbers> numbers) {
        this.view = view;
        this.needs = needs;
        this.columns = columns;
        this.numbers = numbers;
    }

    /// The message that is looked at from now on.
    ///
    /// @param index in the view
    /// @param place in the columns
    KnownOfMeta at(int index, int place, long message) {
        view.at(index);
        at = place;
        uid = message;
        return this;
    }

    @Override
    public Verdict test(Criterion.OfView criterion) {
        return view.test(criterion);
    }

    @Override
    public Verdict test(Criterion.OfMeta criterion) {
        return switch (criterion) {
            case Criterion.Field(var name, var text) -> field(name, text);
            case Criterion.Sent(var from, var to) -> sent(from, to);
            case Criterion.Saved(var from, var to) ->
                    numbers()
                            .map(row ->
                                    KnownOfView.isIn(Instant.ofEpochMilli(row.saved()), from, to))
                            .map(Verdict::of)
                            .orElse(Verdict.NO);
            case Criterion.EmailId(var id) ->
                    Verdict.of(numbers().filter(row -> needs.isEmail(id, row.body())).isPresent());
            case Criterion.ThreadId(var id) ->
                    Verdict.of(
                            numbers().filter(row -> needs.isThread(id, row.thread())).isPresent());
        };
    }

    @Override
    public Verdict test(Criterion.OfText criterion) {
        return Verdict.OPEN;
    }

    private Optional<Numbers> numbers() {
        return Optional.ofNullable(numbers.get(uid));
    }

    private Verdict field(String name, String text) {
        var column = columns.get(SearchNeeds.column(name));
        var octets = column == null ? null : column.octets(at);
        if (column == null || octets == null) {
            return Verdict.OPEN;
        }
        int from = column.from(at);
        int to = column.to(at);
        return Verdict.of(from < to && needs.text(text).isIn(octets, from, to));
    }

    private Verdict sent(LocalDate from, LocalDate to) {
        var column = columns.get(SearchNeeds.DATE);
        var octets = column == null ? null : column.octets(at);
        if (column == null || octets == null) {
            return Verdict.OPEN;
        }
        int end = column.from(at);
        while (end < column.to(at) && octets[end] != 0) {
            end++;
        }
        int length = end - column.from(at);
        return isSent(
                new String(octets, column.from(at), length, StandardCharsets.UTF_8), from, to);
    }

    static Verdict isSent(@Nullable String date, LocalDate from, LocalDate to) {
        return Verdict.of(
                date != null
                        && DateField.day(date)
                                .filter(day -> !day.isBefore(from) && day.isBefore(to))
                                .isPresent());
    }
}
