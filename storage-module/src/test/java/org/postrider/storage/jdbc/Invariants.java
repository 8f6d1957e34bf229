package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.Violation;
import org.postrider.storage.jdbc.check.StoppedStore;

/// What is true of a store at every moment between two transactions, whatever happened: every test
/// history ends with it.
final class Invariants {

    private Invariants() {}

    /// Looks at a store that is closed, or whose database is a server.
    static void assertHold(StoreSettings settings) {
        assertThat(violations(settings)).isEmpty();
    }

    /// Looks at a store while it runs.
    static void assertHold(Store store) {
        var found = new ArrayList<Violation>();
        store.check(CheckOptions.DEEP, found::add);
        assertThat(found).isEmpty();
    }

    static List<Violation> violations(StoreSettings settings) {
        var found = new ArrayList<Violation>();
        StoppedStore.check(settings, InstantSource.system(), CheckOptions.DEEP, found::add);
        return found;
    }
}
