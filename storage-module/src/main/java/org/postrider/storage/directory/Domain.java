package org.postrider.storage.directory;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;

/// A domain whose mail stays here.
///
/// @param version one step higher with each change
public record Domain(Settings settings, Instant created, long version) {

    /// What an operator sets.
    ///
    /// @param aliasOf the domain whose addresses this one has too; it has none of its own then
    /// @param catchAll who gets what no account and no alias of the domain gets
    /// @param allotment octets that the quotas of its accounts may be together; each account needs
    ///   one then
    public record Settings(
            DomainName name,
            Optional<DomainName> aliasOf,
            Optional<MailAddress> catchAll,
            OptionalLong allotment) {

        public Settings {
            if (allotment.orElse(0) < 0) {
                throw new IllegalArgumentException("an allotment cannot be negative");
            }
        }

        /// A domain of its own without any settings.
        public static Settings of(DomainName name) {
            return new Settings(name, Optional.empty(), Optional.empty(), OptionalLong.empty());
        }
    }

    public DomainName name() {
        return settings.name();
    }
}
