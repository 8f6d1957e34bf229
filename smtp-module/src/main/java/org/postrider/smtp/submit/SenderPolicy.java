package org.postrider.smtp.submit;

import java.util.Optional;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.address.ReversePath;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory;
import org.postrider.transport.sasl.Identity;

/// Decides who may send as whom: somebody who logged in sends only as an address whose mail comes
/// to that account alone or that it was given the right to (RFC 6409 §6.1), or with the null
/// reverse-path that read receipts have (RFC 8098 §3).
public final class SenderPolicy {

    private final Directory directory;

    public SenderPolicy(Directory directory) {
        this.directory = directory;
    }

    /// The refusal, or empty when the sender may be used.
    public Optional<SmtpReply> refusal(ReversePath sender, Identity login) {
        return switch (sender) {
            case ReversePath.Null() -> Optional.empty();
            case ReversePath.AsWritten written -> Optional.of(notYours(written));
            case ReversePath.Mailbox mailbox ->
                    directory.maySendAs(new AccountId(login.account()), mailbox.address())
                            ? Optional.empty()
                            : Optional.of(notYours(mailbox));
        };
    }

    private static SmtpReply notYours(ReversePath sender) {
        return SmtpReply.of(550, 7, 1, sender + " is not an address of the account logged in");
    }
}
