package org.postrider.storage.blob;

import java.io.IOException;
import java.io.Serial;

/// The file of a body is gone: the row that named it names another place now.
public final class BodyMoved extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    public BodyMoved(BodyPlace place) {
        super("no file of bodies has the number " + place.pack());
    }
}
