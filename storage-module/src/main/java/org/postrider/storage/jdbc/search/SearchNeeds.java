package org.postrider.storage.jdbc.search;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.ObjectId;
import org.postrider.storage.message.CachedFields;
import org.postrider.storage.message.TextSearch;

/// What is needed of messages to tell whether they fit a criterion, and what it looks for, made
/// ready.
final class SearchNeeds {

    static final String DATE = "date";

    private final Set<String> columns = new TreeSet<>();
    private final Map<String, TextSearch> texts = new HashMap<>();
    private final Map<String, OptionalLong> emails = new HashMap<>();
    private final Map<String, OptionalLong> threads = new HashMap<>();
    private boolean numbers;
    private boolean bodies;

    SearchNeeds(Criterion criterion) {
        look(criterion);
    }

    private void look(Criterion criterion) {
        switch (criterion) {
            case Criterion.All _, Criterion.OfView _ -> {}
            case Criterion.And(var all) -> all.forEach(this::look);
            case Criterion.Or(var one, var other) -> {
                look(one);
                look(other);
            }
            case Criterion.Not(var not) -> look(not);
            case Criterion.Saved _ -> numbers = true;
            case Criterion.EmailId(var id) -> {
                numbers = true;
                emails.put(id, ObjectId.email(id));
            }
            case Criterion.ThreadId(var id) -> {
                numbers = true;
                threads.put(id, ObjectId.thread(id));
            }
            case Criterion.Sent _ -> columns.add(DATE);
            case Criterion.Field(var name, var text) -> {
                if (CachedFields.keeps(name)) {
                    columns.add(column(name));
                }
                texts.computeIfAbsent(text, TextSearch::of);
            }
            case Criterion.Body(var text) -> body(text);
            case Criterion.Text(var text) -> body(text);
        }
    }

    private void body(String text) {
        bodies = true;
        texts.computeIfAbsent(text, TextSearch::of);
    }

    /// Whether texts of bodies are needed.
    boolean bodies() {
        return bodies;
    }

    static String column(String field) {
        return field.toLowerCase(Locale.ROOT);
    }

    /// The header columns.
    Set<String> columns() {
        return columns;
    }

    /// Whether numbers of the rows of `message_meta` are needed.
    boolean numbers() {
        return numbers;
    }

    TextSearch text(String text) {
        return texts.computeIfAbsent(text, TextSearch::of);
    }

    boolean isEmail(String id, long body) {
        return is(emails.getOrDefault(id, OptionalLong.empty()), body);
    }

    boolean isThread(String id, long thread) {
        return is(threads.getOrDefault(id, OptionalLong.empty()), thread);
    }

    private static boolean is(OptionalLong wanted, long number) {
        return wanted.isPresent() && wanted.getAsLong() == number;
    }
}
