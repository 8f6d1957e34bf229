package org.postrider.storage.jdbc.database;

import java.util.ArrayList;
import java.util.List;

/// What went wrong while several things were done, each whatever became of the others.
public final class Failures {

    private final List<RuntimeException> all = new ArrayList<>();

    public void add(RuntimeException failure) {
        all.add(failure);
    }

    /// Throws the first one, if there is any, with the others; things that were done together fail
    /// with one exception.
    public void throwFirst() {
        if (!all.isEmpty()) {
            var first = all.getFirst();
            all.stream().filter(each -> !each.equals(first)).forEach(first::addSuppressed);
            throw first;
        }
    }
}
