package org.postrider.storage.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.mailbox.Staged;

/// A message that was received: its octets, and what was computed of it on the way.
final class StagedMessage implements Staged {

    private final StagedBody body;
    private final int headerOctets;
    private final byte[] meta;
    private final @Nullable BodyPlace metaPlace;
    private volatile boolean given;

    /// @param meta the coded MessageMeta
    /// @param metaPlace where that is, when it is too large for a row
    StagedMessage(StagedBody body, int headerOctets, byte[] meta, @Nullable BodyPlace metaPlace) {
        this.body = body;
        this.headerOctets = headerOctets;
        this.meta = meta;
        this.metaPlace = metaPlace;
    }

    StagedBody body() {
        return body;
    }

    int headerOctets() {
        return headerOctets;
    }

    byte[] meta() {
        return meta;
    }

    Optional<BodyPlace> metaPlace() {
        return Optional.ofNullable(metaPlace);
    }

    /// From now on a row may name the body, even if nobody hears of it: its octets stay.
    void give() {
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
