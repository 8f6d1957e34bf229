package org.postrider.imap.wire;

import java.util.Locale;
import java.util.Optional;

/// The command words, and in which states of a connection each may be given (RFC 3501 §3).
public enum Verb {
    CAPABILITY(Stage.ALWAYS),
    NOOP(Stage.ALWAYS),
    LOGOUT(Stage.ALWAYS),
    ID(Stage.ALWAYS),
    STARTTLS(Stage.BEFORE_LOGIN),
    AUTHENTICATE(Stage.BEFORE_LOGIN),
    LOGIN(Stage.BEFORE_LOGIN),
    APPEND(Stage.AFTER_LOGIN),
    CREATE(Stage.AFTER_LOGIN),
    DELETE(Stage.AFTER_LOGIN),
    ENABLE(Stage.AFTER_LOGIN),
    EXAMINE(Stage.AFTER_LOGIN),
    IDLE(Stage.AFTER_LOGIN),
    LIST(Stage.AFTER_LOGIN),
    LSUB(Stage.AFTER_LOGIN),
    NAMESPACE(Stage.AFTER_LOGIN),
    RENAME(Stage.AFTER_LOGIN),
    SELECT(Stage.AFTER_LOGIN),
    STATUS(Stage.AFTER_LOGIN),
    SUBSCRIBE(Stage.AFTER_LOGIN),
    UNSUBSCRIBE(Stage.AFTER_LOGIN),
    CHECK(Stage.IN_MAILBOX),
    CLOSE(Stage.IN_MAILBOX),
    COPY(Stage.IN_MAILBOX),
    EXPUNGE(Stage.IN_MAILBOX),
    FETCH(Stage.IN_MAILBOX),
    SEARCH(Stage.IN_MAILBOX),
    STORE(Stage.IN_MAILBOX),
    UID(Stage.IN_MAILBOX),
    UNSELECT(Stage.IN_MAILBOX);

    /// In which states a command may be given.
    public enum Stage {
        ALWAYS,
        BEFORE_LOGIN,
        AFTER_LOGIN,
        IN_MAILBOX
    }

    private final Stage stage;

    Verb(Stage stage) {
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }

    static Optional<Verb> of(String word) {
        var upper = word.toUpperCase(Locale.ROOT);
        for (var verb : values()) {
            if (verb.name().equals(upper)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
