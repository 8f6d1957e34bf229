package org.postrider.smtp.server;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.postrider.smtp.deliver.LocalDelivery;
import org.postrider.smtp.receive.HopCounter;
import org.postrider.smtp.receive.Session;
import org.postrider.smtp.receive.Trace;
import org.postrider.smtp.receive.Transaction;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Staging;
import org.postrider.transport.DotStream;

/// Takes one message after 354 and decides what is answered to its final dot.
///
/// The message goes from the connection to the store as a stream. What is wrong with it is known
/// only at its end, and only then is anything answered: the connection stays in step, and of a
/// refused message nothing is kept.
final class MessageIntake {

    private final Messages messages;
    private final LocalDelivery delivery;
    private final SmtpLimits limits;
    private final MessageIds ids;
    private final InstantSource clock;

    MessageIntake(Messages messages, SmtpLimits limits, MessageIds ids, InstantSource clock) {
        this.messages = messages;
        this.delivery = new LocalDelivery(messages);
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes the trace of a message from its name and the moment it was accepted.
    @FunctionalInterface
    interface Tracing {
        Trace trace(String id, Instant received);
    }

    SmtpReply take(Transaction transaction, DotStream dotted, Tracing tracing) throws IOException {
        try (dotted) {
            var message = new HopCounter(dotted);
            return switch (messages.stage(message, limits.messageOctets())) {
                case Staging.TooLarge() -> Session.tooLarge(limits.messageOctets());
                case Staging.HoldsNul() -> notLines();
                case Staging.Ready(var staged) ->
                        decide(transaction, staged, dotted, message, tracing);
            };
        }
    }

    private SmtpReply decide(
            Transaction transaction,
            Staged staged,
            DotStream dotted,
            HopCounter message,
            Tracing tracing) {
        try (staged) {
            if (dotted.fault().isPresent()) {
                return notLines();
            }
            if (message.hops() > limits.hops()) {
                return SmtpReply.of(554, 4, 6, "Too many hops, the message goes in a circle");
            }
            return delivery.deliver(
                    transaction, staged, tracing.trace(ids.next(), clock.instant()));
        }
    }

    private static SmtpReply notLines() {
        return SmtpReply.of(550, 6, 0, "The message holds a bare CR, a bare LF or a NUL");
    }
}
