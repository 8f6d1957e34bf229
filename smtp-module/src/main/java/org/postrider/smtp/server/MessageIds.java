package org.postrider.smtp.server;

import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Names accepted messages, in replies, Received fields and logs: the millisecond and a running
/// number, both to the base of 36, so that names sort by time.
final class MessageIds {

    private static final int RADIX = 36;
    private static final int WRAP = RADIX * RADIX * RADIX * RADIX;

    private final InstantSource clock;
    private final AtomicInteger number = new AtomicInteger();

    MessageIds(InstantSource clock) {
        this.clock = clock;
    }

    String next() {
        int serial = number.getAndUpdate(n -> (n + 1) % WRAP);
        var text = Long.toString(clock.millis(), RADIX) + Integer.toString(WRAP + serial, RADIX);
        return text.toUpperCase(Locale.ROOT);
    }
}
