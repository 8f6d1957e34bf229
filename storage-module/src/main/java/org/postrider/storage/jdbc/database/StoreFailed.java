package org.postrider.storage.jdbc.database;

import java.io.Serial;

/// Writing failed in a way after which nobody can say what is on the disk: the lane takes no more
/// work.
public final class StoreFailed extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    public StoreFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
