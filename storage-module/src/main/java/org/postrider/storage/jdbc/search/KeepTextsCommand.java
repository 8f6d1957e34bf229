package org.postrider.storage.jdbc.search;

import java.sql.Array;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.message.FoldedText;

/// Keeps the texts of bodies, for those that are still there.
record KeepTextsCommand(List<TextExtraction.Extracted> texts) implements LaneCommand<Boolean> {

    KeepTextsCommand {
        texts = List.copyOf(texts);
    }

    @Override
    public Set<Integer> accounts() {
        return texts.stream()
                .map(each -> each.body().account())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<StagedBody> bodies() {
        return texts.stream().flatMap(each -> each.text().stream()).toList();
    }

    /// The row of a text that is there already.
    private record Row(boolean text, BodyPlace place) {}

    @Override
    public Boolean plan(GroupPlan plan) throws SQLException {
        var rows = new HashMap<GroupRows.BodyKey, Row>();
        plan.session()
                .forEach(
                        """
                        select b.account_id, b.body_id, t.version, coalesce(t.pack_id, 0),
                            coalesce(t.pack_off, 0), coalesce(t.pack_len, 0)
                        from unnest(?, ?) as k(account_id, body_id)
                        join body b on b.account_id = k.account_id and b.body_id = k.body_id
                        left join body_text t
                            on t.account_id = b.account_id and t.body_id = b.body_id
                        """,
                        row ->
                                rows.put(
                                        new GroupRows.BodyKey(row.getInt(1), row.getLong(2)),
                                        new Row(
                                                row.getObject(3) != null,
                                                BodyPlace.plain(
                                                        row.getLong(4),
                                                        row.getLong(5),
                                                        row.getInt(6)))),
                        array(plan, "int", each -> each.body().account()),
                        array(plan, "bigint", each -> each.body().id()));
        for (var each : texts) {
            var row = rows.get(each.body());
            if (row != null) {
                var before = row.text() ? Optional.of(row.place()) : Optional.<BodyPlace>empty();
                plan.rows()
                        .texts
                        .put(
                                each.body(),
                                new GroupRows.NewText(
                                        each.body(), FoldedText.VERSION, each.text(), before));
            }
        }
        return true;
    }

    private Array array(
            GroupPlan plan, String type, Function<TextExtraction.Extracted, Object> value)
            throws SQLException {
        return plan.session().array(type, texts.stream().map(value).toArray());
    }
}
