package org.postrider.storage.jdbc.search;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.HeaderText;
import org.postrider.storage.message.MessageText;
import org.postrider.storage.message.TextSearch;

/// What a whole message tells, beside what is known of it already.
final class KnownOfMessage implements Verdict.Known {

    private final KnownOfMeta meta;
    private final SearchNeeds needs;
    private final StoredMessage message;
    private final MessageText text;
    private @Nullable BodyPart structure;

    KnownOfMessage(KnownOfMeta meta, SearchNeeds needs, StoredMessage message) {
        this.meta = meta;
        this.needs = needs;
        this.message = message;
        this.text = new MessageText(message::open, message.traceOctets());
    }

    @Override
    public Verdict test(Criterion.OfView criterion) {
        return meta.test(criterion);
    }

    @Override
    public Verdict test(Criterion.OfMeta criterion) throws IOException {
        var known = meta.test(criterion);
        if (known != Verdict.OPEN) {
            return known;
        }
        return switch (criterion) {
            case Criterion.Field(var name, var wanted) ->
                    Verdict.of(isInField(name, needs.text(wanted)));
            case Criterion.Sent(var from, var to) ->
                    KnownOfMeta.isSent(message.meta().envelope().date(), from, to);
            case Criterion.Saved _, Criterion.EmailId _, Criterion.ThreadId _ ->
                    throw new IllegalStateException("the row decides " + criterion);
        };
    }

    @Override
    public Verdict test(Criterion.OfText criterion) throws IOException {
        var structure = structure();
        return switch (criterion) {
            case Criterion.Body(var wanted) ->
                    Verdict.of(text.body(structure, new Finder(needs.text(wanted))));
            case Criterion.Text(var wanted) -> {
                var finder = new Finder(needs.text(wanted));
                yield Verdict.of(text.header(structure, finder) || text.body(structure, finder));
            }
        };
    }

    /// All of it: the meta of a message with very many parts has only the first of them.
    private BodyPart structure() throws IOException {
        var known = structure;
        if (known == null) {
            int trace = message.traceOctets();
            known =
                    TextExtraction.structure(
                            (offset, length) -> message.open(trace + offset, length),
                            message.octets() - trace);
            structure = known;
        }
        return known;
    }

    private boolean isInField(String name, TextSearch wanted) throws IOException {
        for (var body : HeaderText.bodies(text.headerOctets(message.meta().structure()), name)) {
            if (wanted.isIn(body)) {
                return true;
            }
        }
        return false;
    }

    /// Stops at the first text in which the wanted one is.
    private record Finder(TextSearch wanted) implements MessageText.Visitor {

        @Override
        public boolean field(String text) {
            return wanted.isIn(text);
        }

        @Override
        public boolean part(Reader text) throws IOException {
            return wanted.isIn(text);
        }
    }
}
