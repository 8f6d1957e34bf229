package org.postrider.storage.jdbc.search;

import java.util.List;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.message.FoldedText;
import org.postrider.storage.message.HeaderText;
import org.postrider.storage.message.TextSearch;

/// What the kept text of a message tells, beside what is known of it already.
final class KnownOfText implements Verdict.Known {

    private final KnownOfMeta meta;
    private final SearchNeeds needs;
    private final byte[] trace;
    private final byte[] text;
    private final int body;

    /// @param trace the trace fields, as they are
    /// @param text fields of the header, an empty text, texts of the body
    KnownOfText(KnownOfMeta meta, SearchNeeds needs, byte[] trace, byte[] text) {
        this.meta = meta;
        this.needs = needs;
        this.trace = folded(HeaderText.fields(trace));
        this.text = text;
        this.body = FoldedText.afterDivision(text);
    }

    private static byte[] folded(List<String> fields) {
        var folded = new FoldedText(Integer.MAX_VALUE);
        fields.forEach(folded::field);
        return folded.toBytes();
    }

    @Override
    public Verdict test(Criterion.OfView criterion) {
        return meta.test(criterion);
    }

    @Override
    public Verdict test(Criterion.OfMeta criterion) {
        return meta.test(criterion);
    }

    @Override
    public Verdict test(Criterion.OfText criterion) {
        return Verdict.of(
                switch (criterion) {
                    case Criterion.Body(var wanted) ->
                            isIn(needs.text(wanted), text, body, text.length);
                    case Criterion.Text(var wanted) ->
                            isIn(needs.text(wanted), text, 0, division())
                                    || isIn(needs.text(wanted), text, body, text.length)
                                    || isIn(needs.text(wanted), trace, 0, trace.length);
                });
    }

    /// Where the division is, an octet.
    private int division() {
        return Math.max(0, body - 1);
    }

    /// The empty text is in every text, so there must be one.
    private static boolean isIn(TextSearch wanted, byte[] texts, int from, int to) {
        return from < to && wanted.isIn(texts, from, to);
    }
}
