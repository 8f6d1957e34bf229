package org.postrider.storage.jdbc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.command.CreateMailboxCommand;
import org.postrider.storage.jdbc.command.DeleteMailboxCommand;
import org.postrider.storage.jdbc.command.RecentCommands;
import org.postrider.storage.jdbc.command.RenameMailboxCommand;
import org.postrider.storage.jdbc.command.SpecialUseCommand;
import org.postrider.storage.jdbc.command.SubscribeCommand;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxStatus;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.ModSeq;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;

/// Mailboxes, answered from the states in memory; what is not there the lane loads.
final class JdbcMailboxes implements Mailboxes {

    private final Lanes lanes;
    private final Retention retention;

    JdbcMailboxes(Lanes lanes, Retention retention) {
        this.lanes = lanes;
        this.retention = retention;
    }

    @Override
    public List<MailboxEntry> list(AccountId account) {
        return lanes.state(account.value()).stream()
                .flatMap(state -> state.mailboxes().values().stream())
                .sorted(Comparator.comparing(MailboxState::name))
                .map(MailboxState::entry)
                .toList();
    }

    @Override
    public Optional<MailboxEntry> find(AccountId account, MailboxName name) {
        return lanes.state(account.value())
                .flatMap(state -> state.mailbox(name.value()))
                .map(MailboxState::entry);
    }

    @Override
    public Outcome<MailboxEntry> create(
            AccountId account, MailboxName name, SpecialUse specialUse) {
        return lanes.call(new CreateMailboxCommand(account, name, specialUse));
    }

    @Override
    public Outcome<MailboxId> delete(AccountId account, MailboxName name) {
        var deleted = lanes.call(new DeleteMailboxCommand(account, name));
        if (deleted instanceof Outcome.Done) {
            retention.deleted(account.value());
        }
        return deleted;
    }

    @Override
    public Outcome<MailboxEntry> rename(AccountId account, MailboxName from, MailboxName to) {
        return lanes.call(new RenameMailboxCommand(account, from, to));
    }

    @Override
    public Outcome<MailboxEntry> setSpecialUse(
            AccountId account, MailboxName name, SpecialUse specialUse) {
        return lanes.call(new SpecialUseCommand(account, name, specialUse));
    }

    @Override
    public Set<MailboxName> subscriptions(AccountId account) {
        return lanes.state(account.value()).stream()
                .flatMap(state -> state.subscriptions().stream())
                .map(MailboxName::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void subscribe(AccountId account, MailboxName name) {
        lanes.call(new SubscribeCommand(account, name, true));
    }

    @Override
    public void unsubscribe(AccountId account, MailboxName name) {
        lanes.call(new SubscribeCommand(account, name, false));
    }

    @Override
    public Outcome<MailboxStatus> status(MailboxId mailbox) {
        return lanes.mailbox(mailbox)
                .<Outcome<MailboxStatus>>map(
                        state -> new Outcome.Done<>(status(state, recent(state))))
                .orElseGet(() -> new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX));
    }

    private static MailboxStatus status(MailboxState state, int recent) {
        return new MailboxStatus(
                state.total(),
                Math.min(recent, state.total()),
                state.unseen(),
                state.deleted(),
                state.octets(),
                state.uidNext(),
                AccountLedger.uidValidity(state),
                new ModSeq(state.highestModSeq()));
    }

    /// How many messages no session was told of.
    private int recent(MailboxState state) {
        var live = lanes.live(state.id());
        long from = live.map(account -> account.recentFrom(state.number())).orElse(1L);
        if (from >= state.uidNext() || state.total() == 0) {
            return 0;
        }
        return live.flatMap(account -> account.view(state.number()))
                .map(view -> view.size() - view.firstFrom(from))
                .orElseGet(() -> lanes.call(new RecentCommands.Count(state.id(), from)));
    }

    @Override
    public Outcome<MailboxFeed> follow(MailboxId mailbox, Runnable listener) {
        while (true) {
            var feed =
                    lanes.live(mailbox)
                            .flatMap(account ->
                                    account.follow(
                                            mailbox.number(), listener, () -> lanes.load(mailbox)));
            if (feed.isPresent()) {
                return new Outcome.Done<>(feed.get());
            }
            if (!lanes.load(mailbox)) {
                return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
            }
        }
    }

    @Override
    public long claimRecent(MailboxView view) {
        var mailbox = view.mailbox();
        long next = view.uidNext();
        while (lanes.mailbox(mailbox).isPresent()) {
            var claimed =
                    lanes.live(mailbox).map(account -> account.claimRecent(mailbox.number(), next));
            if (claimed.isPresent()) {
                if (claimed.get() < next) {
                    lanes.send(new RecentCommands.Keep(mailbox, next));
                }
                return claimed.get();
            }
        }
        return 1;
    }
}
