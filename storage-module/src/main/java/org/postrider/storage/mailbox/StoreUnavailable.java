package org.postrider.storage.mailbox;

import java.io.Serial;

/// The store cannot do it now: the disk or the database failed, or it is shutting down. Nothing was
/// acknowledged. A protocol answers with its temporary failure (`451`, `-ERR [SYS/TEMP]`, `NO
/// [UNAVAILABLE]`).
public final class StoreUnavailable extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailable(String message) {
        super(message);
    }
}
