package org.postrider.storage.jdbc.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postrider.storage.jdbc.group.GroupRows;

/// The bodies whose text is to be extracted next. Who adds never waits: when it is full, it only
/// remembers that something was left out, and all bodies are looked at again.
public final class TextQueue {

    private static final int MOST = 20_000;

    /// So many new bodies since the last look mean that there is better to do.
    private static final int MANY = 16;

    /// The most that wait for that: a search opens each of these.
    private static final int PATIENCE = 4_000;

    private final Set<GroupRows.BodyKey> waiting = new LinkedHashSet<>();

    private int arrived;

    /// At the start there may be bodies of an earlier process.
    private boolean leftOut = true;

    /// Bodies that were just committed.
    synchronized void arrived(Collection<GroupRows.BodyKey> bodies) {
        arrived += bodies.size();
        add(bodies);
    }

    public synchronized void add(Collection<GroupRows.BodyKey> bodies) {
        if (waiting.size() + bodies.size() > MOST) {
            leftOut = true;
        } else {
            waiting.addAll(bodies);
        }
    }

    /// Whether much mail came since the last time that this was asked, so that texts can wait.
    public synchronized boolean isMailComing() {
        boolean many = arrived >= MANY;
        arrived = 0;
        return many && waiting.size() < PATIENCE;
    }

    /// Takes some.
    public synchronized List<GroupRows.BodyKey> take(int most) {
        var taken = new ArrayList<GroupRows.BodyKey>();
        var each = waiting.iterator();
        while (each.hasNext() && taken.size() < most) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }

    /// Whether bodies were left out since the last time that this was asked.
    public synchronized boolean wasLeftOut() {
        boolean was = leftOut;
        leftOut = false;
        return was;
    }
}
