package org.postrider.storage.jdbc.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.database.Failures;
import org.postrider.storage.jdbc.group.ApplyCommand;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.LoadCommand;
import org.postrider.storage.jdbc.view.AccountRegistry;
import org.postrider.storage.jdbc.view.LiveAccount;
import org.postrider.storage.jdbc.view.ViewReading;
import org.postrider.storage.mailbox.MailboxId;

/// The lanes of a store, and the way to what is in memory of its accounts.
public final class Lanes implements AutoCloseable {

    /// Reads a view beside the lane, where that is possible.
    @FunctionalInterface
    public interface Beside {
        Optional<ViewReading.Read> read(MailboxId mailbox);
    }

    /// Is shown every command before it goes to its lane: a test that writes down what was carried
    /// out, and in which order.
    public interface Witness {
        Witness NOBODY = new Witness() {};

        /// @return what is carried out in its place
        default <T> LaneCommand<T> shown(LaneCommand<T> command) {
            return command;
        }
    }

    private final List<Lane> lanes;
    private final AccountRegistry registry;
    private final Beside beside;
    private final Witness witness;

    public Lanes(List<Lane> lanes, AccountRegistry registry, Beside beside, Witness witness) {
        this.lanes = List.copyOf(lanes);
        this.registry = registry;
        this.beside = beside;
        this.witness = witness;
    }

    public void start() {
        lanes.forEach(Lane::start);
    }

    /// Has a command carried out on the lane of its lowest account.
    public <T> T call(LaneCommand<T> command) {
        return laneOf(command).call(witness.shown(command));
    }

    /// Has commands carried out, in any order, and as many in one transaction as fit. Returns, or
    /// throws, when none of them is under way any more.
    ///
    /// @throws RuntimeException that of one of them; the others were carried out all the same
    public void callAll(List<? extends LaneCommand<?>> commands) {
        var tickets = new ArrayList<Ticket<?>>();
        var failures = new Failures();
        for (var command : commands) {
            try {
                tickets.add(laneOf(command).put(witness.shown(command)));
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        for (var ticket : tickets) {
            try {
                ticket.result();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        failures.throwFirst();
    }

    /// Has a command carried out some time.
    public void send(LaneCommand<?> command) {
        var _ = laneOf(command).put(witness.shown(command));
    }

    /// For tests, which have commands wait: how many do.
    public int waiting() {
        return lanes.stream().mapToInt(Lane::waiting).sum();
    }

    private Lane laneOf(LaneCommand<?> command) {
        int lowest = command.accounts().stream().mapToInt(Integer::intValue).min().orElse(0);
        return lanes.get(lowest % lanes.size());
    }

    /// Returns when the rows of an account show its whole log.
    public void catchUp(int account) {
        while (state(account).filter(state -> !state.backlogs().isEmpty()).isPresent()) {
            call(new ApplyCommand(account));
        }
    }

    /// The durable state of an account, loaded when it is not in memory.
    public Optional<AccountState> state(int account) {
        while (true) {
            var known = registry.find(account).flatMap(LiveAccount::state);
            if (known.isPresent()) {
                return known;
            }
            if (!call(new LoadCommand.LoadAccount(new AccountId(account)))) {
                return Optional.empty();
            }
        }
    }

    /// The durable state of a live mailbox.
    public Optional<MailboxState> mailbox(MailboxId id) {
        return state(id.account().value())
                .map(AccountState::mailboxes)
                .map(boxes -> boxes.get(id.number()));
    }

    /// The account in memory, if it is.
    public Optional<LiveAccount> live(MailboxId id) {
        return registry.find(id.account().value());
    }

    /// Brings the view of a mailbox into memory.
    ///
    /// @return false when there is no such mailbox
    public boolean load(MailboxId id) {
        return call(new LoadCommand.LoadView(id, beside.read(id)));
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
