package org.postrider.storage.jdbc.group;

import java.util.List;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.mailbox.Staged;

/// A message that was received: its octets, and what was computed of it on the way.
public final class StagedMessage implements Staged {

    private final StagedBody body;
    private final int headerOctets;
    private final byte[] meta;
    private final List<Long> threadRefs;
    private volatile boolean given;

    /// @param meta the coded MessageMeta
    /// @param threadRefs what ties it to other messages
    public StagedMessage(StagedBody body, int headerOctets, byte[] meta, List<Long> threadRefs) {
        this.body = body;
        this.headerOctets = headerOctets;
        this.meta = meta;
        this.threadRefs = List.copyOf(threadRefs);
    }

    public StagedBody body() {
        return body;
    }

    public int headerOctets() {
        return headerOctets;
    }

    byte[] meta() {
        return meta;
    }

    public List<Long> threadRefs() {
        return threadRefs;
    }

    /// From now on a row may name the body, even if nobody hears of it: its octets stay.
    public void give() {
        given = true;
    }

    @Override
    public long octets() {
        return body.length();
    }

    @Override
    public void close() {
        body.release(!given);
    }
}
