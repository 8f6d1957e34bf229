package org.postrider.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.postrider.storage.jdbc.retention.Retention;

/// The passing of time, and the work that a store does beside.
final class HistoryUpkeep {

    private final HistoryChoices choices;
    private final JdbcStore store;

    HistoryUpkeep(HistoryChoices choices) {
        this.choices = choices;
        this.store = choices.store;
    }

    /// Time passes, and what is gone for long enough goes for good.
    void time() throws SQLException, IOException {
        choices.history.clock().pass(Duration.ofMinutes(choices.random.nextInt(600)));
        store.upkeep().run(Retention.REAP);
        store.upkeep().run(Retention.PURGE);
        store.upkeep().run(Retention.CUT_LOGS);
    }

    void work() throws SQLException, IOException {
        switch (choices.random.nextInt(4)) {
            case 0 -> choices.history.lookAtLog(choices.account.id().value());
            case 1 -> store.registry().restQuiet();
            case 2 -> store.upkeep().run("snapshots");
            default -> store.upkeep().run("texts");
        }
    }
}
