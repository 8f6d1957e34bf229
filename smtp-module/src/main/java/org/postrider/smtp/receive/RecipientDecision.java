package org.postrider.smtp.receive;

import java.util.List;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.directory.Directory.Destination;

/// What becomes of mail for one recipient.
public sealed interface RecipientDecision {

    /// @param destinations one at least
    record DeliverLocally(List<Destination.Here> destinations) implements RecipientDecision {
        public DeliverLocally {
            destinations = List.copyOf(destinations);
        }
    }

    record Refuse(SmtpReply reply) implements RecipientDecision {}
}
