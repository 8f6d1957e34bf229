package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Change;
import org.postrider.storage.jdbc.administration.AccountCommands;
import org.postrider.storage.jdbc.command.AppendCommand;
import org.postrider.storage.jdbc.command.CopyCommand;
import org.postrider.storage.jdbc.command.CreateMailboxCommand;
import org.postrider.storage.jdbc.command.DeleteMailboxCommand;
import org.postrider.storage.jdbc.command.DeliverCommand;
import org.postrider.storage.jdbc.command.ExpungeCommand;
import org.postrider.storage.jdbc.command.MaildropUpdateCommand;
import org.postrider.storage.jdbc.command.RenameMailboxCommand;
import org.postrider.storage.jdbc.command.SpecialUseCommand;
import org.postrider.storage.jdbc.command.StoreFlagsCommand;
import org.postrider.storage.jdbc.command.SubscribeCommand;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.retention.RetentionCommands;
import org.postrider.storage.jdbc.retention.UndeleteCommand;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;

/// A whole store as a handful of maps. It is told every command that a store carried out, in the
/// store's own order, and must come to the same answers and the same MODSEQs.
final class MailModel {

    /// Commands that are told of when something is wrong.
    private static final int TOLD = 12;

    private record Told(CommandLog.Entry entry, Set<MailboxId> mailboxes) {}

    private final HistoryMail mail;
    private final Sightings sightings;
    private final ModelRetention retention;
    private final ModelQuestions questions = new ModelQuestions();
    private final Occasions occasions = new Occasions();
    private final TreeMap<Integer, ModelAccount> accounts = new TreeMap<>();
    private final List<Told> history = new ArrayList<>();

    /// @param undelete how long what is gone is kept
    MailModel(HistoryMail mail, Sightings sightings, Duration undelete) {
        this.mail = mail;
        this.sightings = sightings;
        this.retention = new ModelRetention(this::account, undelete);
    }

    ModelAccount account(Account account) {
        return account(account.id().value());
    }

    Occasions occasions() {
        return occasions;
    }

    private ModelAccount account(int number) {
        return Optional.ofNullable(accounts.get(number))
                .orElseThrow(() -> new AssertionError("no account " + number));
    }

    /// Goes through what a store has carried out.
    void replay(List<CommandLog.Entry> entries) {
        accounts.values().forEach(each -> each.all.values().forEach(sightings::check));
        for (var entry : entries) {
            accounts.values().forEach(each -> each.begin(entry.now()));
            try {
                assertThat(answer(entry)).isEqualTo(entry.answer());
                entry.modSeqs()
                        .forEach((account, modSeq) ->
                                assertThat(account(account).modSeq)
                                        .as("MODSEQ of account %d", account)
                                        .isEqualTo(modSeq));
                remember(entry);
                occasions.saw(entry);
                touched().forEach(sightings::check);
                askAround(entry.command());
            } catch (AssertionError | RuntimeException e) {
                remember(entry);
                throw new AssertionError(account(), e);
            }
        }
        sightings.assertAllFound();
    }

    /// Whoever asks about the accounts of a command sees what it made of them.
    private void askAround(LaneCommand<?> command) {
        for (int account : command.accounts()) {
            if (accounts.containsKey(account)) {
                questions.look(command, account(account));
            }
        }
    }

    private List<ModelMailbox> touched() {
        return accounts.values().stream().flatMap(each -> each.touched().stream()).toList();
    }

    private void remember(CommandLog.Entry entry) {
        var mailboxes = touched().stream().map(box -> box.id).collect(Collectors.toSet());
        history.add(new Told(entry, mailboxes));
    }

    /// The last command, and those before it that changed what it changed.
    private String account() {
        var last = history.getLast();
        var before =
                history.stream()
                        .filter(told ->
                                told.equals(last)
                                        || !(told.entry().command() instanceof QuestionMark))
                        .filter(told ->
                                last.mailboxes().isEmpty()
                                        ? told.entry().command().accounts().stream()
                                                .anyMatch(
                                                        last.entry().command().accounts()::contains)
                                        : told.mailboxes().stream()
                                                .anyMatch(last.mailboxes()::contains))
                        .toList();
        return before.subList(Math.max(0, before.size() - TOLD), before.size()).stream()
                .map(told -> told.entry().command() + "\n    was answered " + told.entry().answer())
                .collect(Collectors.joining("\n", "the last commands were\n", "\n"));
    }

    private Object answer(CommandLog.Entry entry) {
        return switch (entry.command()) {
            case AccountCommands.Put put -> put(put, entry);
            case DeliverCommand deliver -> deliver(deliver);
            case AppendCommand(var mailbox, var items) ->
                    messages(mailbox).append(mailbox, items.stream().map(this::message).toList());
            case StoreFlagsCommand(var mailbox, var uids, var change, var since) ->
                    messages(mailbox).storeFlags(mailbox, uids, change, since);
            case ExpungeCommand(var mailbox, var uids) -> messages(mailbox).expunge(mailbox, uids);
            case CopyCommand(var from, var uids, var to, var sources) ->
                    messages(from).copy(from, uids, to, sources);
            case UndeleteCommand(var from, var uids, var to) ->
                    new ModelUndelete(of(from)).bringBack(from, uids, to);
            default -> answerAboutNames(entry);
        };
    }

    private Object answerAboutNames(CommandLog.Entry entry) {
        return switch (entry.command()) {
            case CreateMailboxCommand(var owner, var name, var use) ->
                    names(owner).create(name, use);
            case RenameMailboxCommand(var owner, var from, var to) -> names(owner).rename(from, to);
            case DeleteMailboxCommand(var owner, var name) -> names(owner).delete(name);
            case SpecialUseCommand(var owner, var name, var use) -> names(owner).use(name, use);
            case SubscribeCommand(var owner, var name, boolean subscribe) ->
                    names(owner).subscribe(name, subscribe);
            default -> answerToUpkeep(entry);
        };
    }

    /// Maildrops and retention; what is left changes nothing that anybody is told of.
    private Object answerToUpkeep(CommandLog.Entry entry) {
        return switch (entry.command()) {
            case MaildropUpdateCommand(var maildrop, var deleted, var retrieved) ->
                    new Outcome.Done<>(messages(maildrop).update(maildrop, deleted, retrieved));
            case RetentionCommands.Purge purge -> retention.purge(purge, entry);
            case RetentionCommands.Reap _ -> retention.reap(entry);
            case RetentionCommands.CutLog _ -> retention.cut(entry);
            default -> entry.answer();
        };
    }

    private ModelAccount of(MailboxId mailbox) {
        return account(mailbox.account().value());
    }

    private ModelMessages messages(MailboxId mailbox) {
        return new ModelMessages(of(mailbox));
    }

    private ModelNames names(AccountId owner) {
        return new ModelNames(account(owner.value()));
    }

    private Object put(AccountCommands.Put put, CommandLog.Entry entry) {
        if (entry.answer() instanceof Optional<?> answer
                && answer.orElse(null)
                        instanceof Change.Made<?>(AccountEntry made, boolean created)) {
            var id = made.account().id();
            if (created) {
                accounts.put(id.value(), new ModelAccount(id, entry.now()));
            }
            account(id.value()).limit(put.settings().limits());
        }
        return entry.answer();
    }

    private List<Outcome<Delivered>> deliver(DeliverCommand command) {
        var delivery = command.delivery();
        var outcomes = new ArrayList<Outcome<Delivered>>();
        for (var recipient : delivery.recipients()) {
            var trace = new String(recipient.traceFields(), StandardCharsets.ISO_8859_1);
            var message =
                    new ModelMailbox.Message(
                            mail.number(command.message()),
                            trace,
                            trace.length() + command.message().octets(),
                            Flags.NONE,
                            delivery.received().toEpochMilli(),
                            0,
                            0);
            outcomes.add(
                    new ModelMessages(account(recipient.account().value()))
                            .deliver(message, delivery.admission()));
        }
        return outcomes;
    }

    private ModelMailbox.Message message(AppendCommand.Item item) {
        return new ModelMailbox.Message(
                mail.number(item.message()),
                "",
                item.message().octets(),
                item.flags(),
                item.date(),
                0,
                0);
    }
}
