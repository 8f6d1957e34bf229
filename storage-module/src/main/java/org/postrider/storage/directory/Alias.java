package org.postrider.storage.directory;

import java.time.Instant;
import java.util.List;
import org.postrider.storage.address.MailAddress;

/// An address whose mail goes to others.
///
/// @param version one step higher with each change
public record Alias(Settings settings, Instant created, long version) {

    /// What an operator sets.
    ///
    /// @param targets accounts and aliases of this server, or addresses elsewhere; each once
    public record Settings(MailAddress address, List<MailAddress> targets) {

        /// Targets of one alias.
        public static final int MOST_TARGETS = 1_000;

        public Settings {
            targets = List.copyOf(targets);
            if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
                throw new IllegalArgumentException("an alias has 1 to 1,000 targets");
            }
            if (targets.stream().map(MailAddress::key).distinct().count() != targets.size()) {
                throw new IllegalArgumentException("a target is named twice");
            }
        }
    }
}
