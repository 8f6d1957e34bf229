package org.postrider.storage.blob;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all messages being received may use together. Who gets none goes to disk
/// earlier.
public final class StagingMemory {

    private final long most;
    private final AtomicLong used = new AtomicLong();

    public StagingMemory(long most) {
        this.most = most;
    }

    /// Takes so much if it is there.
    public boolean take(long octets) {
        if (used.addAndGet(octets) <= most) {
            return true;
        }
        used.addAndGet(-octets);
        return false;
    }

    public void giveBack(long octets) {
        used.addAndGet(-octets);
    }

    /// What is in use now.
    public long used() {
        return used.get();
    }
}
