package org.postrider.storage.message;

/// What was stored as a message's meta is none: the bytes are damaged, or newer than this program.
/// The message itself is not concerned, and its meta can be computed again.
public final class CorruptMeta extends RuntimeException {

    CorruptMeta(String why) {
        super(why);
    }

    CorruptMeta(String why, Throwable cause) {
        super(why, cause);
    }
}
