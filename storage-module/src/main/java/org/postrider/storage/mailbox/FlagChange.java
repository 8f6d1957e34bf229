package org.postrider.storage.mailbox;

/// What STORE does to the flags of each message (RFC 9051 §6.4.6).
public sealed interface FlagChange {

    Flags flags();

    record Add(Flags flags) implements FlagChange {}

    record Remove(Flags flags) implements FlagChange {}

    record Replace(Flags flags) implements FlagChange {}

    /// What becomes of a message's flags.
    default Flags applyTo(Flags before) {
        return switch (this) {
            case Add(var flags) -> before.with(flags);
            case Remove(var flags) -> before.without(flags);
            case Replace(var flags) -> flags;
        };
    }
}
