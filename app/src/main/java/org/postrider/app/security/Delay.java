package org.postrider.app.security;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Keeps somebody waiting whose login failed.
final class Delay {

    private Delay() {}

    /// On the virtual thread of the conversation.
    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
