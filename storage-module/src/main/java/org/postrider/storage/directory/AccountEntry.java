package org.postrider.storage.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.address.MailAddress;

/// An account as an operator sees it.
///
/// @param quota what it has and may have
/// @param version one step higher with each change
public record AccountEntry(
        Account account,
        Standing standing,
        boolean tagFiles,
        List<MailAddress> sendAs,
        Quota quota,
        Instant created,
        long version) {

    public AccountEntry {
        sendAs = List.copyOf(sendAs);
    }

    /// What an operator has set; the password is not told.
    public Settings settings() {
        return new Settings(
                account.address(), Optional.empty(), standing, tagFiles, sendAs, quota.limits());
    }

    /// What an operator sets.
    ///
    /// @param password empty to keep the one there is; a new account needs one
    /// @param tagFiles whether mail to `user+tag` goes to the mailbox of that name if there is one
    ///   (RFC 5233 §1)
    /// @param sendAs addresses as which it may send beside those whose mail is its own
    public record Settings(
            MailAddress address,
            Optional<PasswordHash> password,
            Standing standing,
            boolean tagFiles,
            List<MailAddress> sendAs,
            Quota.Limits limits) {

        /// Addresses that one account may send as.
        public static final int MOST_SEND_AS = 1_000;

        public Settings {
            sendAs = List.copyOf(sendAs);
            if (sendAs.size() > MOST_SEND_AS) {
                throw new IllegalArgumentException("too many addresses to send as");
            }
        }

        /// A new account without any settings.
        public static Settings of(MailAddress address, PasswordHash password) {
            return new Settings(
                    address,
                    Optional.of(password),
                    Standing.ACTIVE,
                    false,
                    List.of(),
                    Quota.Limits.NONE);
        }
    }
}
