package org.postrider.storage.blob;

import java.io.IOException;
import java.io.Serial;

/// The disk did not confirm that it has what was written. A second attempt may succeed without
/// having written it (the system has forgotten what it could not write), so there is none: nothing
/// is accepted any more.
public final class ForceFailed extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    public ForceFailed(String what, Throwable cause) {
        super(what, cause);
    }
}
