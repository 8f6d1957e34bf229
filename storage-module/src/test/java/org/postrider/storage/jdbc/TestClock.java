package org.postrider.storage.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that a test moves.
final class TestClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(StoreFixture.NOON);

    @Override
    public Instant instant() {
        return now.get();
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
