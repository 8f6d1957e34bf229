package org.postrider.app.security;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Forgets what was put longest ago when there is too much.
final class Latest<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    Latest(int most) {
        this.most = most;
    }

    @Override
    public @Nullable V put(K key, V value) {
        var before = remove(key);
        super.put(key, value);
        return before;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
