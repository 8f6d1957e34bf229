package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.ArrayList;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.database.Batch;

/// Writes the rows of a group that say where the texts of bodies are.
public final class TextWriter {

    /// Stands for the octets of a text that is too large to be kept.
    public static final int TOO_LARGE = -1;

    private static final BodyPlace NOWHERE = BodyPlace.plain(0, 0, 0);

    private final Batch batch;
    private final GroupPlan plan;

    TextWriter(Batch batch, GroupPlan plan) {
        this.batch = batch;
        this.plan = plan;
    }

    void write() throws SQLException {
        var texts = plan.rows().texts.values();
        var replaced = new ArrayList<GroupRows.NewText>();
        for (var text : texts) {
            if (text.before().isPresent()) {
                replaced.add(text);
            }
        }
        batch.runOnOne(
                "delete from body_text where account_id = ? and body_id = ?",
                replaced,
                (s, text) -> {
                    s.setInt(1, text.body().account());
                    s.setLong(2, text.body().id());
                });
        RetentionWriter.collect(
                batch, plan, replaced.stream().flatMap(text -> text.before().stream()).toList());
        batch.run(
                """
                insert into body_text (account_id, body_id, version, size, pack_id, pack_off,
                    pack_len, codec)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                texts,
                (s, text) -> {
                    var place = text.text().flatMap(StagedBody::place).orElse(NOWHERE);
                    s.setInt(1, text.body().account());
                    s.setLong(2, text.body().id());
                    s.setInt(3, text.version());
                    s.setInt(4, text.text().isPresent() ? place.size() : TOO_LARGE);
                    s.setLong(5, place.pack());
                    s.setLong(6, place.offset());
                    s.setInt(7, place.stored());
                    s.setInt(8, place.codec().number());
                });
    }
}
