package org.postrider.storage.jdbc;

import java.io.IOException;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.message.MessageMeta;
import org.postrider.storage.message.MetaCodec;

/// The columns `message_meta.meta_kind` and `meta`: the coded MessageMeta, or where it is among the
/// bodies when it is larger than a row may be.
final class MetaForm {

    private static final int IN_ROW = 0;
    private static final int AMONG_BODIES = 1;

    private final BodyStore bodies;

    MetaForm(BodyStore bodies) {
        this.bodies = bodies;
    }

    int kind(StagedMessage message) {
        return message.metaPlace().isPresent() ? AMONG_BODIES : IN_ROW;
    }

    byte[] column(StagedMessage message) {
        return message.metaPlace().map(MetaForm::encode).orElseGet(message::meta);
    }

    MessageMeta read(int kind, byte[] column) throws IOException {
        return MetaCodec.decode(kind == IN_ROW ? column : fetch(decode(column)));
    }

    private byte[] fetch(BodyPlace place) throws IOException {
        try (var octets = bodies.open(place, 0, place.length())) {
            return octets.readAllBytes();
        }
    }

    private static byte[] encode(BodyPlace place) {
        return new Varints.Out()
                .number(place.pack())
                .number(place.offset())
                .number(place.length())
                .octets();
    }

    private static BodyPlace decode(byte[] column) {
        var in = new Varints.In(column);
        return new BodyPlace(in.number(), in.number(), in.count());
    }
}
