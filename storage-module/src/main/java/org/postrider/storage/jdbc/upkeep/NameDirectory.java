package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentNote;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.NamesNote;
import org.postrider.storage.jdbc.lane.Lanes;

/// Has the segments say what some owners have in the directory.
record NameDirectory(List<OwnedRows.Owner> owners) implements LaneCommand<Integer> {

    /// Owners in one transaction.
    private static final int AT_ONCE = 64;

    NameDirectory {
        owners = List.copyOf(owners);
    }

    /// Does so some at a time.
    static void all(Lanes lanes, Collection<OwnedRows.Owner> owners) {
        var left = new ArrayList<>(owners);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            var some = left.subList(from, Math.min(left.size(), from + AT_ONCE));
            var _ = lanes.call(new NameDirectory(some));
        }
    }

    @Override
    public Set<Integer> accounts() {
        return Set.of();
    }

    @Override
    public Integer plan(GroupPlan plan) throws SQLException {
        var rows = new ArrayList<OwnedRows>();
        for (var owner : owners) {
            rows.add(plan.directory().all(owner));
        }
        var note = new NamesNote(List.of(), List.of(), List.of(), List.of(), rows);
        plan.rows().notes.add(new SegmentNote(RecordType.NAMES, note.encoded()));
        return rows.size();
    }
}
