package org.postrider.storage.mailbox;

/// A modification sequence (RFC 7162 §3.1): counted per account, one step for each command that
/// changes something, so several messages may share one.
public record ModSeq(long value) implements Comparable<ModSeq> {

    public ModSeq {
        if (value < 1) {
            throw new IllegalArgumentException("MODSEQ out of range: " + value);
        }
    }

    @Override
    public int compareTo(ModSeq other) {
        return Long.compare(value, other.value);
    }
}
