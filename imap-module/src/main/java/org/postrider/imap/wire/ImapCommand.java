package org.postrider.imap.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;

/// A command as it was read, by the states in which it may be given (RFC 3501 §6).
public sealed interface ImapCommand {

    /// Commands that are valid at any time (RFC 3501 §6.1).
    sealed interface Always extends ImapCommand {}

    /// Commands of the not authenticated state (RFC 3501 §6.2).
    sealed interface BeforeLogin extends ImapCommand {}

    /// Commands that need an account (RFC 3501 §6.3).
    sealed interface AfterLogin extends ImapCommand {}

    /// Commands that need a selected mailbox (RFC 3501 §6.4).
    sealed interface InMailbox extends ImapCommand {}

    /// Whether the client could mistake a sequence number if it were told of an expunge while this
    /// command is answered (RFC 3501 §7.4.1).
    default boolean holdsNumbers() {
        return switch (this) {
            case Fetch fetch -> fetch.numbering() == Numbering.SEQUENCE;
            case Store store -> store.numbering() == Numbering.SEQUENCE;
            case Search search -> search.numbering() == Numbering.SEQUENCE;
            case Always _, BeforeLogin _, AfterLogin _, Check _, Close _, Copy _, Expunge _ ->
                    false;
            case Unselect _ -> false;
        };
    }

    record Capability() implements Always {}

    record Noop() implements Always {}

    record Logout() implements Always {}

    /// What the client says of itself is of no use to us, so it is not kept (RFC 2971 §3.1).
    record Id() implements Always {}

    record StartTls() implements BeforeLogin {}

    /// @param initial the initial response in base64, `=` for an empty one (RFC 4959 §3)
    record Authenticate(String mechanism, Optional<String> initial) implements BeforeLogin {
        /// Keeps the response, which may be a password, out of logs.
        @Override
        public String toString() {
            return "Authenticate[" + mechanism + "]";
        }
    }

    record Login(String user, String password) implements BeforeLogin {
        /// Keeps the password out of logs.
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    record Append(MailboxName mailbox, Flags flags, Optional<Instant> date, MessageLiteral message)
            implements AfterLogin {}

    record Create(MailboxName mailbox) implements AfterLogin {}

    record Delete(MailboxName mailbox) implements AfterLogin {}

    record Enable() implements AfterLogin {}

    record Examine(MailboxName mailbox) implements AfterLogin {}

    record Idle() implements AfterLogin {}

    /// @param reference and pattern, in Unicode
    record ListMailboxes(String reference, String pattern) implements AfterLogin {}

    record Lsub(String reference, String pattern) implements AfterLogin {}

    record Namespace() implements AfterLogin {}

    record Rename(MailboxName from, MailboxName to) implements AfterLogin {}

    record Select(MailboxName mailbox) implements AfterLogin {}

    record Status(MailboxName mailbox, Set<StatusItem> items) implements AfterLogin {
        public Status {
            items = Set.copyOf(items);
        }
    }

    record Subscribe(MailboxName mailbox) implements AfterLogin {}

    record Unsubscribe(MailboxName mailbox) implements AfterLogin {}

    record Check() implements InMailbox {}

    record Close() implements InMailbox {}

    record Copy(Numbering numbering, SequenceSet messages, MailboxName to) implements InMailbox {}

    /// @param uids which messages (RFC 4315 §2.1), empty for all
    record Expunge(Optional<SequenceSet> uids) implements InMailbox {}

    record Fetch(Numbering numbering, SequenceSet messages, List<FetchItem> items)
            implements InMailbox {
        public Fetch {
            items = List.copyOf(items);
        }
    }

    record Search(Numbering numbering, SearchKey key) implements InMailbox {}

    record Store(Numbering numbering, SequenceSet messages, FlagChange change, boolean silent)
            implements InMailbox {}

    record Unselect() implements InMailbox {}

    /// What STATUS is asked for (RFC 3501 §6.3.10).
    enum StatusItem {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN
    }
}
