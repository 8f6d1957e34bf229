package org.postrider.imap.wire;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.imap.wire.ImapCommand.StatusItem;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;

/// Reads what follows a command word, to the end of the command (RFC 3501 §9 `command`).
public final class CommandReader {

    private final ImapReader in;
    private final ImapLimits limits;

    public CommandReader(ImapReader in, ImapLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    public ImapCommand command(Verb verb) throws IOException, SyntaxError {
        var command =
                switch (verb.stage()) {
                    case ALWAYS -> always(verb);
                    case BEFORE_LOGIN -> beforeLogin(verb);
                    case AFTER_LOGIN -> afterLogin(verb);
                    case IN_MAILBOX -> inMailbox(verb, Numbering.SEQUENCE);
                };
        in.end();
        return command;
    }

    private ImapCommand always(Verb verb) throws IOException, SyntaxError {
        return switch (verb) {
            case CAPABILITY -> new ImapCommand.Capability();
            case NOOP -> new ImapCommand.Noop();
            case LOGOUT -> new ImapCommand.Logout();
            case ID -> id();
            default -> throw misplaced(verb);
        };
    }

    private ImapCommand beforeLogin(Verb verb) throws IOException, SyntaxError {
        return switch (verb) {
            case STARTTLS -> new ImapCommand.StartTls();
            case AUTHENTICATE -> authenticate();
            case LOGIN -> login();
            default -> throw misplaced(verb);
        };
    }

    private ImapCommand afterLogin(Verb verb) throws IOException, SyntaxError {
        return switch (verb) {
            case IDLE -> new ImapCommand.Idle();
            case NAMESPACE -> new ImapCommand.Namespace();
            default -> {
                in.space();
                yield onMailboxes(verb);
            }
        };
    }

    private ImapCommand onMailboxes(Verb verb) throws IOException, SyntaxError {
        return switch (verb) {
            case APPEND -> append();
            case CREATE -> new ImapCommand.Create(in.newMailbox());
            case DELETE -> new ImapCommand.Delete(in.mailbox());
            case ENABLE -> enable();
            case EXAMINE -> new ImapCommand.Examine(in.mailbox());
            case LIST -> {
                var reference = in.pattern();
                in.space();
                yield new ImapCommand.ListMailboxes(reference, in.pattern());
            }
            case LSUB -> {
                var reference = in.pattern();
                in.space();
                yield new ImapCommand.Lsub(reference, in.pattern());
            }
            case RENAME -> {
                var from = in.mailbox();
                in.space();
                yield new ImapCommand.Rename(from, in.newMailbox());
            }
            case SELECT -> new ImapCommand.Select(in.mailbox());
            case STATUS -> status();
            case SUBSCRIBE -> new ImapCommand.Subscribe(in.mailbox());
            case UNSUBSCRIBE -> new ImapCommand.Unsubscribe(in.mailbox());
            default -> throw misplaced(verb);
        };
    }

    private ImapCommand inMailbox(Verb verb, Numbering numbering) throws IOException, SyntaxError {
        return switch (verb) {
            case CHECK -> new ImapCommand.Check();
            case CLOSE -> new ImapCommand.Close();
            case EXPUNGE -> expunge(numbering);
            case UNSELECT -> new ImapCommand.Unselect();
            case COPY -> copy(numbering);
            case FETCH -> fetch(numbering);
            case SEARCH -> new ImapCommand.Search(numbering, new SearchReader(in, limits).search());
            case STORE -> store(numbering);
            case UID -> {
                in.space();
                yield withUids(in.verb());
            }
            default -> throw misplaced(verb);
        };
    }

    private ImapCommand withUids(Verb verb) throws IOException, SyntaxError {
        return switch (verb) {
            case COPY, EXPUNGE, FETCH, SEARCH, STORE -> inMailbox(verb, Numbering.UID);
            default -> throw new SyntaxError("This command knows no UIDs");
        };
    }

    private static SyntaxError misplaced(Verb verb) {
        throw new IllegalStateException("no grammar for " + verb);
    }

    /// What a client says of itself: pairs of strings (RFC 2971 §3.3).
    private ImapCommand id() throws IOException, SyntaxError {
        in.space();
        if (!in.acceptWord("NIL")) {
            in.expect('(');
            int fields = 0;
            while (!in.nextIs(')')) {
                if (fields++ > 0) {
                    in.space();
                }
                if (fields > limits.keys()) {
                    throw new SyntaxError("Too many fields");
                }
                var _ = in.string();
                in.space();
                in.nstring();
            }
            in.expect(')');
        }
        return new ImapCommand.Id();
    }

    private ImapCommand authenticate() throws SyntaxError {
        in.space();
        var mechanism = in.atom();
        var initial = in.accept(' ') ? Optional.of(in.atom()) : Optional.<String>empty();
        return new ImapCommand.Authenticate(mechanism, initial);
    }

    private ImapCommand login() throws IOException, SyntaxError {
        in.space();
        var user = in.text();
        in.space();
        return new ImapCommand.Login(user, in.text());
    }

    private ImapCommand append() throws IOException, SyntaxError {
        var mailbox = in.mailbox();
        in.space();
        var flags = Flags.NONE;
        if (in.nextIs('(')) {
            flags = FlagReader.list(in, limits.keys());
            in.space();
        }
        var date = Optional.<Instant>empty();
        if (in.nextIs('"')) {
            date = Optional.of(DateReader.dateTime(in));
            in.space();
        }
        return new ImapCommand.Append(mailbox, flags, date, in.message());
    }

    private ImapCommand enable() throws SyntaxError {
        int capabilities = 0;
        do {
            var _ = in.atom();
            if (++capabilities > limits.keys()) {
                throw new SyntaxError("Too many capabilities");
            }
        } while (in.accept(' '));
        return new ImapCommand.Enable();
    }

    private ImapCommand status() throws IOException, SyntaxError {
        var mailbox = in.mailbox();
        in.space();
        in.expect('(');
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        do {
            items.add(statusItem(in.word()));
        } while (in.accept(' '));
        in.expect(')');
        return new ImapCommand.Status(mailbox, items);
    }

    private static StatusItem statusItem(String word) throws SyntaxError {
        for (var item : StatusItem.values()) {
            if (item.name().equals(word)) {
                return item;
            }
        }
        throw new SyntaxError("Unknown status item");
    }

    private ImapCommand copy(Numbering numbering) throws IOException, SyntaxError {
        in.space();
        var messages = in.sequenceSet();
        in.space();
        return new ImapCommand.Copy(numbering, messages, in.mailbox());
    }

    private ImapCommand expunge(Numbering numbering) throws SyntaxError {
        if (numbering == Numbering.SEQUENCE) {
            return new ImapCommand.Expunge(Optional.empty());
        }
        in.space();
        return new ImapCommand.Expunge(Optional.of(in.sequenceSet()));
    }

    private ImapCommand fetch(Numbering numbering) throws IOException, SyntaxError {
        in.space();
        var messages = in.sequenceSet();
        in.space();
        List<FetchItem> items = new FetchReader(in, limits).items();
        return new ImapCommand.Fetch(numbering, messages, withUid(numbering, items));
    }

    /// UID FETCH always tells the UID (RFC 3501 §6.4.8).
    private static List<FetchItem> withUid(Numbering numbering, List<FetchItem> items) {
        if (numbering == Numbering.SEQUENCE || items.contains(FetchItem.Attribute.UID)) {
            return items;
        }
        var more = new ArrayList<FetchItem>(items.size() + 1);
        more.add(FetchItem.Attribute.UID);
        more.addAll(items);
        return more;
    }

    private ImapCommand store(Numbering numbering) throws SyntaxError {
        in.space();
        var messages = in.sequenceSet();
        in.space();
        boolean add = in.accept('+');
        boolean remove = !add && in.accept('-');
        boolean silent =
                switch (in.word()) {
                    case "FLAGS" -> false;
                    case "FLAGS.SILENT" -> true;
                    default -> throw new SyntaxError("STORE changes FLAGS only");
                };
        in.space();
        var flags =
                in.nextIs('(')
                        ? FlagReader.list(in, limits.keys())
                        : FlagReader.bare(in, limits.keys());
        FlagChange change =
                add
                        ? new FlagChange.Add(flags)
                        : remove ? new FlagChange.Remove(flags) : new FlagChange.Replace(flags);
        return new ImapCommand.Store(numbering, messages, change, silent);
    }
}
