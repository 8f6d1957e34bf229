package org.postrider.storage.blob;

import java.io.IOException;
import java.io.Serial;

/// The octets of a body are not those that were written.
public final class DamagedBody extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    public DamagedBody(BodyPlace place) {
        super("damaged: body at " + place.pack() + ", " + place.offset());
    }
}
