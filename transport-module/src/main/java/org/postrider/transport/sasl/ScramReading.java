package org.postrider.transport.sasl;

/// What came out of reading a client's message.
sealed interface ScramReading<T> {

    record Read<T>(T message) implements ScramReading<T> {}

    record Unreadable<T>(ScramError why) implements ScramReading<T> {}
}
