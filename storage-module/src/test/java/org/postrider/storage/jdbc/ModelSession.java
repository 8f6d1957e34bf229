package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// Somebody with two accounts alone who changes them in every way, one change after the other, and
/// knows beforehand what they are after each: which mailboxes, which messages under which UIDs,
/// with which flags. So whatever happens to the store, it is one of two states that must be found:
/// the one after the last change that was acknowledged, or the one after the change that was not.
final class ModelSession {

    /// What must be found: `acknowledged`, or `asked` if something was on its way.
    record Claim(String acknowledged, @Nullable String asked) {
        List<String> states() {
            return asked == null ? List.of(acknowledged) : List.of(acknowledged, asked);
        }
    }

    private record Message(String text, Flags flags) {}

    private static final class Box {
        private final TreeMap<Long, Message> messages = new TreeMap<>();
        private long uidNext = 1;

        void add(String text, Flags flags) {
            messages.put(uidNext++, new Message(text, flags));
        }
    }

    private static final class Model {
        private final TreeMap<String, Box> boxes = new TreeMap<>();
        private final TreeSet<String> subscribed = new TreeSet<>();

        Box box(String name) {
            return boxes.computeIfAbsent(name, _ -> new Box());
        }

        @Override
        public String toString() {
            var text = new StringBuilder("subscribed " + subscribed + "\n");
            boxes.forEach((name, box) -> {
                text.append(name).append(" uidnext ").append(box.uidNext).append('\n');
                box.messages.forEach(
                        (uid, message) -> text.append(line(uid, message.text(), message.flags())));
            });
            return text.toString();
        }
    }

    private final String name;
    private final Random random;
    private final List<Model> models = List.of(new Model(), new Model());
    private int texts;
    private volatile @Nullable Claim claim;

    private final Consumer<Claim> told;
    private final Store store;
    private List<Account> accounts = List.of();

    ModelSession(String name, long seed, Store store) {
        this(name, seed, store, _ -> {});
    }

    /// @param told is told of each claim before the store is asked for what it claims
    ModelSession(String name, long seed, Store store, Consumer<Claim> told) {
        this.told = told;
        this.name = name;
        this.random = new Random(seed);
        this.store = store;
    }

    /// What must be found now; nothing as long as the accounts are being made.
    Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }

    String name() {
        return name;
    }

    /// Makes the accounts.
    void begin() {
        accounts = List.of(account(store, 0), account(store, 1));
        for (int i = 0; i < 2; i++) {
            var model = models.get(i);
            var account = accounts.get(i).id();
            store.mailboxes().list(account).forEach(box -> model.box(box.name().value()));
            store.mailboxes()
                    .subscriptions(account)
                    .forEach(name -> model.subscribed.add(name.value()));
        }
        claim(new Claim(rendered(), null));
    }

    private void claim(Claim next) {
        claim = next;
        told.accept(next);
    }

    private Account account(Store in, int number) {
        return TestStores.account(in, name + "-" + number + "@example.test");
    }

    private String rendered() {
        return models.stream().map(Model::toString).collect(Collectors.joining("\n"));
    }

    /// What a store has of this session's accounts.
    String found(Store in) throws IOException {
        return found(in, account(in, 0)) + "\n" + found(in, account(in, 1));
    }

    private static String found(Store in, Account account) throws IOException {
        var subscribed = new TreeSet<String>();
        in.mailboxes().subscriptions(account.id()).forEach(each -> subscribed.add(each.value()));
        var text = new StringBuilder("subscribed " + subscribed + "\n");
        var boxes = new TreeMap<String, MailboxId>();
        in.mailboxes()
                .list(account.id())
                .forEach(each -> boxes.put(each.name().value(), each.id()));
        for (var box : boxes.entrySet()) {
            var view = ViewWatcher.view(in, box.getValue());
            text.append(box.getKey()).append(" uidnext ").append(view.uidNext()).append('\n');
            var lines = new TreeMap<Long, String>();
            in.messages()
                    .read(
                            box.getValue(),
                            all(view.uidNext()),
                            message -> {
                                int index = view.indexOf(message.uid());
                                if (index >= 0) {
                                    var octets =
                                            new String(
                                                    message.open().readAllBytes(),
                                                    StandardCharsets.US_ASCII);
                                    lines.put(
                                            message.uid(),
                                            line(message.uid(), named(octets), view.flags(index)));
                                }
                            });
            if (lines.size() != view.size()) {
                text.append("but ").append(view.size()).append(" messages\n");
            }
            lines.values().forEach(text::append);
        }
        return text.toString();
    }

    private static UidSet all(long uidNext) {
        return uidNext == 1 ? UidSet.EMPTY : UidSet.range(1, uidNext - 1);
    }

    private static String line(long uid, String text, Flags flags) {
        return "  "
                + uid
                + " "
                + text
                + " "
                + new TreeSet<>(flags.system())
                + flags.keywords()
                + "\n";
    }

    // ---- messages whose name says what is in them

    private String newText() {
        int size = random.nextInt(12) == 0 ? 3_000 : random.nextInt(120);
        return name + "-" + ++texts + "-" + size;
    }

    private static String octets(String text) {
        int lines = Integer.parseInt(text.substring(text.lastIndexOf('-') + 1));
        return "Subject: " + text + "\r\n\r\n" + (text + " once more\r\n").repeat(lines);
    }

    /// The name of a message, if the octets are those that the name says.
    private static String named(String octets) {
        int from = octets.indexOf("Subject: ");
        int to = octets.indexOf("\r\n", Math.max(0, from));
        if (from >= 0 && to > from) {
            var text = octets.substring(from + 9, to);
            if (octets.endsWith(octets(text))) {
                return text;
            }
        }
        return "other octets: " + octets.substring(0, Math.min(60, octets.length()));
    }

    // ---- changes

    /// Makes one change.
    void step() {
        int which = random.nextInt(2);
        var account = accounts.get(which);
        var model = models.get(which);
        int dice = random.nextInt(100);
        if (dice < 30) {
            deliver();
        } else if (dice < 42) {
            append(account, model);
        } else if (dice < 58) {
            storeFlags(account, model);
        } else if (dice < 68) {
            expunge(account, model);
        } else if (dice < 73) {
            copy(account, model);
        } else if (dice < 78) {
            move(account, model);
        } else if (dice < 88) {
            maildrop(account, model);
        } else if (dice < 96) {
            folders(account, model);
        } else {
            subscribe(account, model);
        }
    }

    /// Changes the model, claims what it is now, has the store follow, and waits for its word.
    private void change(Runnable inModel, Runnable inStore) {
        var before = rendered();
        inModel.run();
        var after = rendered();
        claim(new Claim(before, after));
        inStore.run();
        claim(new Claim(after, null));
    }

    void deliver() {
        var text = newText();
        var recipients = new ArrayList<Delivery.Recipient>();
        var to = new ArrayList<Model>();
        for (int i = 0; i < 2; i++) {
            if (i == 0 || random.nextBoolean()) {
                var trace = ("X-Trace: to " + i + "\r\n").getBytes(StandardCharsets.US_ASCII);
                recipients.add(new Delivery.Recipient(accounts.get(i).id(), trace));
                to.add(models.get(i));
            }
        }
        try (var staged = TestStores.staged(store, octets(text))) {
            change(
                    () -> to.forEach(model -> model.box("INBOX").add(text, Flags.NONE)),
                    () ->
                            store.messages()
                                    .deliver(new Delivery(staged, Instant.EPOCH, recipients))
                                    .forEach(StoreFixture::done));
        }
    }

    private void append(Account account, Model model) {
        var box = any(model);
        var given = new ArrayList<Message>();
        var messages = new ArrayList<NewMessage>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            var message = new Message(newText(), flags());
            given.add(message);
            messages.add(
                    new NewMessage(
                            TestStores.staged(store, octets(message.text())),
                            message.flags(),
                            Instant.EPOCH));
        }
        change(
                () -> given.forEach(each -> model.box(box).add(each.text(), each.flags())),
                () -> StoreFixture.done(store.messages().append(id(account, box), messages)));
        messages.forEach(each -> each.message().close());
    }

    private void storeFlags(Account account, Model model) {
        var box = any(model);
        var uids = some(model.box(box));
        var flags = flags();
        boolean add = random.nextBoolean();
        change(
                () ->
                        model.box(box)
                                .messages
                                .replaceAll((uid, message) ->
                                        uids.contains(uid)
                                                ? new Message(
                                                        message.text(),
                                                        add
                                                                ? message.flags().with(flags)
                                                                : message.flags().without(flags))
                                                : message),
                () ->
                        StoreFixture.done(
                                store.messages()
                                        .storeFlags(
                                                id(account, box),
                                                uids,
                                                add
                                                        ? new FlagChange.Add(flags)
                                                        : new FlagChange.Remove(flags),
                                                OptionalLong.empty())));
    }

    private void expunge(Account account, Model model) {
        var box = any(model);
        var uids = all(model.box(box).uidNext);
        change(
                () ->
                        model.box(box)
                                .messages
                                .values()
                                .removeIf(message -> message.flags().has(SystemFlag.DELETED)),
                () -> StoreFixture.done(store.messages().expunge(id(account, box), uids)));
    }

    private void copy(Account account, Model model) {
        var from = any(model);
        var to = any(model);
        var uids = some(model.box(from));
        change(
                () ->
                        new TreeMap<>(model.box(from).messages)
                                .forEach((uid, message) -> {
                                    if (uids.contains(uid)) {
                                        model.box(to).add(message.text(), message.flags());
                                    }
                                }),
                () ->
                        StoreFixture.done(
                                store.messages().copy(id(account, from), uids, id(account, to))));
    }

    private void move(Account account, Model model) {
        var from = any(model);
        var to = any(model);
        var uids = some(model.box(from));
        change(
                () ->
                        new TreeMap<>(model.box(from).messages)
                                .forEach((uid, message) -> {
                                    if (uids.contains(uid)) {
                                        model.box(from).messages.remove(uid);
                                        model.box(to).add(message.text(), message.flags());
                                    }
                                }),
                () ->
                        StoreFixture.done(
                                store.messages().move(id(account, from), uids, id(account, to))));
    }

    private void maildrop(Account account, Model model) {
        var inbox = model.box("INBOX");
        var deleted = some(inbox);
        var retrieved = some(inbox);
        var maildrop = StoreFixture.done(store.maildrops().open(account.id(), name));
        change(
                () -> {
                    inbox.messages.replaceAll((uid, message) ->
                            retrieved.contains(uid)
                                    ? new Message(
                                            message.text(),
                                            message.flags().with(Flags.of(SystemFlag.SEEN)))
                                    : message);
                    inbox.messages.keySet().removeIf(deleted::contains);
                },
                () -> StoreFixture.done(maildrop.update(deleted, retrieved)));
    }

    private void folders(Account account, Model model) {
        var folder = "Folder" + random.nextInt(3);
        var other = "Other" + random.nextInt(3);
        if (!model.boxes.containsKey(folder)) {
            change(
                    () -> model.box(folder),
                    () ->
                            StoreFixture.done(
                                    store.mailboxes()
                                            .create(
                                                    account.id(),
                                                    new MailboxName(folder),
                                                    SpecialUse.NONE)));
        } else if (!model.boxes.containsKey(other)) {
            change(
                    () -> model.boxes.put(other, model.boxes.remove(folder)),
                    () ->
                            StoreFixture.done(
                                    store.mailboxes()
                                            .rename(
                                                    account.id(),
                                                    new MailboxName(folder),
                                                    new MailboxName(other))));
        } else {
            change(
                    () -> model.boxes.remove(other),
                    () ->
                            StoreFixture.done(
                                    store.mailboxes()
                                            .delete(account.id(), new MailboxName(other))));
        }
    }

    private void subscribe(Account account, Model model) {
        var folder = "Folder" + random.nextInt(3);
        if (model.subscribed.contains(folder)) {
            change(
                    () -> model.subscribed.remove(folder),
                    () -> store.mailboxes().unsubscribe(account.id(), new MailboxName(folder)));
        } else {
            change(
                    () -> model.subscribed.add(folder),
                    () -> store.mailboxes().subscribe(account.id(), new MailboxName(folder)));
        }
    }

    private String any(Model model) {
        var names = List.copyOf(model.boxes.keySet());
        return random.nextInt(3) == 0 ? "INBOX" : names.get(random.nextInt(names.size()));
    }

    private UidSet some(Box box) {
        var uids = UidSet.EMPTY;
        for (long uid : box.messages.keySet()) {
            if (random.nextInt(4) == 0) {
                uids = uids.plus(UidSet.of(uid));
            }
        }
        return uids.isEmpty() ? UidSet.of(box.uidNext) : uids;
    }

    private Flags flags() {
        var system = new TreeSet<SystemFlag>();
        for (var flag : SystemFlag.values()) {
            if (random.nextInt(3) == 0) {
                system.add(flag);
            }
        }
        return new Flags(
                system, random.nextInt(4) == 0 ? List.of("$Label" + random.nextInt(6)) : List.of());
    }

    private MailboxId id(Account account, String box) {
        return store.mailboxes().find(account.id(), new MailboxName(box)).orElseThrow().id();
    }
}
