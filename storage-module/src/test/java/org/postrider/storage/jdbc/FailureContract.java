package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// Whichever statement of whichever change fails: who asked for it is told so, nothing of it is
/// there, and it can be asked for again.
abstract class FailureContract extends StoreFixture {

    private static final int MOST_STATEMENTS = 100;

    private static FailingDriver driver;

    private int number;

    @BeforeAll
    static void install() throws Exception {
        driver = FailingDriver.install();
    }

    @AfterAll
    static void remove() throws Exception {
        driver.close();
    }

    /// What is done before a change, so that there is something to change, and the change.
    record Recipe(String name, Step before, Step change) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Step {
        void take(FailureContract test) throws Exception;
    }

    private static Recipe recipe(String name, Step change) {
        return new Recipe(name, _ -> {}, change);
    }

    private static final UidSet ALL = UidSet.range(1, 1_000_000);

    static final List<Recipe> RECIPES =
            List.of(
                    recipe("deliver to one", test -> test.deliver(test.alice, "T: 1\r\n", MESSAGE)),
                    recipe("deliver to several", FailureContract::deliverToBoth),
                    recipe(
                            "append",
                            test -> test.append(test.inbox(), keywords("new" + test.number))),
                    recipe("append several", FailureContract::appendTwo),
                    recipe(
                            "copy",
                            test ->
                                    done(
                                            test.store
                                                    .messages()
                                                    .copy(test.inbox(), ALL, test.inbox()))),
                    recipe(
                            "move",
                            test ->
                                    done(
                                            test.store
                                                    .messages()
                                                    .move(test.inbox(), ALL, test.inbox()))),
                    recipe(
                            "store flags",
                            test ->
                                    test.store(
                                            test.inbox(),
                                            ALL,
                                            new FlagChange.Replace(keywords("k" + test.number)))),
                    new Recipe(
                            "expunge",
                            test ->
                                    test.store(
                                            test.inbox(),
                                            ALL,
                                            new FlagChange.Add(Flags.of(SystemFlag.DELETED))),
                            test -> done(test.store.messages().expunge(test.inbox(), ALL))),
                    recipe("create a mailbox", test -> test.create(test.name())),
                    new Recipe(
                            "rename a mailbox",
                            test -> test.create(test.name()),
                            test -> test.rename(test.name(), test.name() + "x")),
                    recipe("rename INBOX", test -> test.rename("INBOX", test.name())),
                    new Recipe(
                            "delete a mailbox",
                            test -> test.create(test.name()),
                            test ->
                                    done(
                                            test.store
                                                    .mailboxes()
                                                    .delete(
                                                            test.alice.id(),
                                                            new MailboxName(test.name())))),
                    recipe(
                            "subscribe",
                            test ->
                                    test.store
                                            .mailboxes()
                                            .subscribe(
                                                    test.alice.id(), new MailboxName(test.name()))),
                    new Recipe(
                            "unsubscribe",
                            test ->
                                    test.store
                                            .mailboxes()
                                            .subscribe(
                                                    test.alice.id(), new MailboxName(test.name())),
                            test ->
                                    test.store
                                            .mailboxes()
                                            .unsubscribe(
                                                    test.alice.id(), new MailboxName(test.name()))),
                    recipe(
                            "create a domain",
                            test ->
                                    test.store
                                            .directory()
                                            .createDomain(
                                                    new DomainName("d" + test.number + ".test"))),
                    recipe("create an account", FailureContract::createAccount),
                    recipe(
                            "set a password",
                            test ->
                                    test.store
                                            .directory()
                                            .setPassword(test.alice.id(), TestStores.PASSWORD)),
                    recipe(
                            "set a quota",
                            test ->
                                    test.store
                                            .directory()
                                            .setQuota(
                                                    test.alice.id(),
                                                    new Quota.Limits(
                                                            OptionalLong.of(
                                                                    1_000_000 + test.number),
                                                            OptionalLong.empty()))),
                    recipe("update a maildrop", FailureContract::updateMaildrop));

    @ParameterizedTest
    @FieldSource("RECIPES")
    void aStatementThatFailsOnceIsMadeGood(Recipe recipe) throws Exception {
        boolean failed = true;
        int statements = -1;
        for (int n = 1; failed; n++) {
            statements++;
            prepare(recipe, n);
            driver.fail(n, FailingDriver.Mode.ONCE);
            var failure = catchThrowable(() -> recipe.change().take(this));
            failed = driver.stop();
            assertThat(failure).as("statement %d", n).isNull();
            Invariants.assertHold(store);
        }
        assertThat(statements).as("statements that failed").isPositive();
    }

    @ParameterizedTest
    @FieldSource("RECIPES")
    void aStatementThatFailsAgainFailsTheChangeAndNothingElse(Recipe recipe) throws Exception {
        boolean failed = true;
        int statements = -1;
        for (int n = 1; failed; n++) {
            statements++;
            prepare(recipe, n);
            var before = StoreText.of(store, List.of("alice@example.test"));
            driver.fail(n, FailingDriver.Mode.ALWAYS);
            var failure = catchThrowable(() -> recipe.change().take(this));
            failed = driver.stop();
            assertThat(failure != null).as("statement %d", n).isEqualTo(failed);
            if (failed) {
                assertThat(StoreText.of(store, List.of("alice@example.test"))).isEqualTo(before);
                recipe.change().take(this);
            }
            Invariants.assertHold(store);
        }
        assertThat(statements).as("statements that failed").isPositive();
    }

    private void prepare(Recipe recipe, int n) throws Exception {
        assertThat(n).isLessThan(MOST_STATEMENTS);
        number++;
        deliver(alice, "", MESSAGE + number);
        recipe.before().take(this);
    }

    private MailboxId inbox() {
        return inbox(alice);
    }

    private String name() {
        return "Box " + number;
    }

    private void rename(String from, String to) {
        done(store.mailboxes().rename(alice.id(), new MailboxName(from), new MailboxName(to)));
    }

    private void deliverToBoth() {
        var bob = MailAddress.parse("bob@example.test").flatMap(store.directory()::credential);
        var to = new ArrayList<>(List.of(recipient(alice.id(), "A: 1\r\n")));
        bob.ifPresent(each -> to.add(recipient(each.account().id(), "B: 1\r\n")));
        try (var staged = staged(MESSAGE)) {
            store.messages().deliver(new Delivery(staged, NOON, to)).forEach(StoreFixture::done);
        }
    }

    private void appendTwo() {
        try (var one = staged(MESSAGE + "1");
                var two = staged(MESSAGE + "2")) {
            done(
                    store.messages()
                            .append(
                                    inbox(),
                                    List.of(
                                            new NewMessage(one, Flags.NONE, NOON),
                                            new NewMessage(two, Flags.NONE, NOON))));
        }
    }

    private void createAccount() {
        var address = MailAddress.parse("n" + number + "@example.test").orElseThrow();
        store.directory().createAccount(address, TestStores.PASSWORD);
    }

    private void updateMaildrop() {
        try (var maildrop = done(store.maildrops().open(alice.id(), "test"))) {
            var view = maildrop.view();
            var last = Optional.of(view.size() - 1).filter(i -> i >= 0).orElseThrow();
            done(maildrop.update(UidSet.of(view.uid(last)), UidSet.of(view.uid(0))));
        }
    }
}
