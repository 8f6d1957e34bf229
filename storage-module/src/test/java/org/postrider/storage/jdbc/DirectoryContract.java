package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Alias;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Change.Reason;
import org.postrider.storage.directory.Directory.Destination;
import org.postrider.storage.directory.Directory.Resolution;
import org.postrider.storage.directory.Domain;
import org.postrider.storage.directory.Page;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.directory.Standing;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.testing.TestStores;

/// What the store promises of domains, accounts and aliases.
abstract class DirectoryContract extends StoreFixture {

    private static final Precondition NONE = new Precondition.None();
    private static final Precondition ABSENT = new Precondition.Absent();
    private static final DomainName EXAMPLE = new DomainName("example.test");

    private static MailAddress address(String text) {
        return MailAddress.parse(text).orElseThrow();
    }

    private MailboxEntry entry(String name) {
        return store.mailboxes().find(alice.id(), new MailboxName(name)).orElseThrow();
    }

    private Administration administration() {
        return store.administration();
    }

    private static <T> T made(Change<T> change) {
        if (change instanceof Change.Made<T>(T value, _)) {
            return value;
        }
        throw new AssertionError(change.toString());
    }

    private static <T> Change<T> no(Reason why, String about) {
        return new Change.Refused<>(why, about);
    }

    private Change<Domain> domain(String name, String aliasOf, String catchAll, long allotment) {
        return administration()
                .putDomain(
                        new Domain.Settings(
                                new DomainName(name),
                                aliasOf.isEmpty() ? Optional.empty() : DomainName.parse(aliasOf),
                                catchAll.isEmpty() ? Optional.empty() : MailAddress.parse(catchAll),
                                allotment < 0 ? OptionalLong.empty() : OptionalLong.of(allotment)),
                        NONE);
    }

    private Change<Alias> alias(String address, String... targets) {
        return administration()
                .putAlias(
                        new Alias.Settings(
                                address(address),
                                List.of(targets).stream().map(DirectoryContract::address).toList()),
                        NONE);
    }

    private Change<AccountEntry> account(String address, long octets) {
        return administration()
                .putAccount(
                        new AccountEntry.Settings(
                                address(address),
                                Optional.of(TestStores.PASSWORD),
                                Standing.ACTIVE,
                                false,
                                List.of(),
                                Quota.Limits.of(octets, -1)),
                        NONE);
    }

    private AccountEntry.Settings tagged(String... sendAs) {
        return new AccountEntry.Settings(
                alice.address(),
                Optional.empty(),
                Standing.ACTIVE,
                true,
                List.of(sendAs).stream().map(DirectoryContract::address).toList(),
                Quota.Limits.NONE);
    }

    private List<String> goesTo(String address) {
        return switch (store.directory().resolve(address(address))) {
            case Resolution.Recipients(var all) ->
                    all.stream()
                            .map(each ->
                                    switch (each) {
                                        case Destination.Here(var account, var tag) ->
                                                account.address()
                                                        + tag.map(name -> " " + name).orElse("");
                                        case Destination.Elsewhere(var other) -> "> " + other;
                                    })
                            .toList();
            case Resolution.NoSuchUser() -> List.of();
            case Resolution.NotLocal() -> List.of("not local");
        };
    }

    @Test
    void aDomainHasAVersionAndChangesOnlyAtTheOneThatWasSeen() {
        var first = administration().domain(EXAMPLE).orElseThrow();
        assertThat(first.version()).isEqualTo(1);
        assertThat(administration().putDomain(first.settings(), ABSENT))
                .isEqualTo(no(Reason.EXISTS, "example.test"));
        assertThat(administration().putDomain(first.settings(), NONE))
                .isEqualTo(new Change.Made<>(first, false));
        var changed = made(domain("example.test", "", "alice@example.test", -1));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.created()).isEqualTo(first.created());
        assertThat(administration().putDomain(first.settings(), new Precondition.AtVersion(1)))
                .isEqualTo(no(Reason.STALE, "example.test"));
        var at2 = new Precondition.AtVersion(2);
        assertThat(made(administration().putDomain(first.settings(), at2)).version()).isEqualTo(3);
        var other = Domain.Settings.of(new DomainName("other.test"));
        assertThat(administration().putDomain(other, at2))
                .isEqualTo(no(Reason.NOT_THERE, "other.test"));
        assertThat(administration().deleteDomain(EXAMPLE, NONE))
                .isEqualTo(no(Reason.IN_USE, "example.test"));
        made(administration().putDomain(other, ABSENT));
        made(administration().deleteDomain(other.name(), new Precondition.AtVersion(1)));
        assertThat(administration().deleteDomain(other.name(), NONE))
                .isEqualTo(no(Reason.NOT_THERE, "other.test"));
        reopen();
        assertThat(administration().domain(EXAMPLE).orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void anAliasDomainHasTheAddressesOfTheOther() {
        made(domain("example.org", "example.test", "", -1));
        assertThat(goesTo("Alice@example.org")).containsExactly("alice@example.test");
        assertThat(store.directory().credential(address("alice@example.org"))).isPresent();
        assertThat(store.directory().maySendAs(alice.id(), address("alice@example.org"))).isTrue();
        assertThat(goesTo("bob@example.org")).isEmpty();
        assertThat(domain("example.net", "example.org", "", -1))
                .isEqualTo(no(Reason.DOMAIN_IS_ALIAS, "example.org"));
        assertThat(domain("example.net", "nowhere.test", "", -1))
                .isEqualTo(no(Reason.NO_SUCH_DOMAIN, "nowhere.test"));
        assertThat(domain("example.net", "example.net", "", -1))
                .isEqualTo(no(Reason.LOOP, "example.net"));
        assertThat(domain("example.test", "example.org", "", -1))
                .isEqualTo(no(Reason.DOMAIN_IS_ALIAS, "example.org"));
        assertThat(account("bob@example.org", -1))
                .isEqualTo(no(Reason.DOMAIN_IS_ALIAS, "example.org"));
        assertThat(alias("info@example.org", "alice@example.test"))
                .isEqualTo(no(Reason.DOMAIN_IS_ALIAS, "example.org"));
        made(administration().deleteDomain(new DomainName("example.org"), NONE));
        assertThat(goesTo("alice@example.org")).containsExactly("not local");
    }

    @Test
    void aliasesAreFollowedToEachRecipientOnce() {
        made(account("bob@example.test", -1));
        made(alias("team@example.test", "alice@example.test", "bob@example.test"));
        made(
                alias(
                        "all@example.test",
                        "team@example.test",
                        "ALICE@example.test",
                        "carol@elsewhere.test"));
        assertThat(goesTo("all@example.test"))
                .containsExactly(
                        "alice@example.test", "bob@example.test", "> carol@elsewhere.test");
        assertThat(goesTo("All+x@example.test")).hasSize(3);
        assertThat(store.directory().maySendAs(alice.id(), address("team@example.test"))).isFalse();
        assertThat(alias("team@example.test", "bob@example.test", "all@example.test"))
                .isEqualTo(no(Reason.LOOP, "team@example.test"));
        assertThat(alias("team@example.test", "team+x@example.test"))
                .isEqualTo(no(Reason.LOOP, "team@example.test"));
        assertThat(alias("x@example.test", "nobody@example.test"))
                .isEqualTo(no(Reason.NOBODY, "nobody@example.test"));
        assertThat(alias("bob@example.test", "alice@example.test"))
                .isEqualTo(no(Reason.TAKEN, "bob@example.test"));
        assertThat(account("team@example.test", -1))
                .isEqualTo(no(Reason.TAKEN, "team@example.test"));
        assertThat(administration().deleteAccount(address("bob@example.test"), NONE))
                .isEqualTo(no(Reason.IN_USE, "team@example.test"));
        assertThat(administration().deleteAlias(address("team@example.test"), NONE))
                .isEqualTo(no(Reason.IN_USE, "all@example.test"));
        reopen();
        assertThat(goesTo("all@example.test")).hasSize(3);
        made(administration().deleteAlias(address("all@example.test"), NONE));
        assertThat(goesTo("all@example.test")).isEmpty();
        made(alias("team@example.test", "alice@example.test"));
        assertThat(goesTo("team@example.test")).containsExactly("alice@example.test");
        assertThat(store.directory().maySendAs(alice.id(), address("team@example.test"))).isTrue();
        made(administration().deleteAccount(address("bob@example.test"), NONE));
    }

    @Test
    void anAliasHasNoMoreRecipientsThanItMay() {
        for (int part = 0; part < 2; part++) {
            int from = part * 600;
            made(
                    alias(
                            "part" + part + "@example.test",
                            IntStream.range(from, from + 600)
                                    .mapToObj(n -> "u" + n + "@elsewhere.test")
                                    .toArray(String[]::new)));
        }
        assertThat(alias("all@example.test", "part0@example.test", "part1@example.test"))
                .isEqualTo(no(Reason.TOO_MANY, "all@example.test"));
    }

    @Test
    void aTagNamesAMailboxWhereTheAccountWantsSo() {
        create("Lists");
        assertThat(goesTo("alice+lists@example.test")).containsExactly("alice@example.test");
        made(administration().putAccount(tagged(), NONE));
        assertThat(goesTo("alice+lists@example.test")).containsExactly("alice@example.test lists");
        assertThat(goesTo("+lists@example.test")).isEmpty();
        for (var name : List.of("lists", "Nothing", "SENT")) {
            try (var staged = staged(MESSAGE)) {
                var recipient =
                        new Delivery.Recipient(alice.id(), MailboxName.parse(name), new byte[0]);
                done(
                        store.messages()
                                .deliver(new Delivery(staged, NOON, List.of(recipient)))
                                .getFirst());
            }
        }
        assertThat(status(entry("Lists").id()).messages()).isEqualTo(1);
        assertThat(status(inbox(alice)).messages()).isEqualTo(2);
        assertThat(status(entry("Sent").id()).messages()).isZero();
    }

    @Test
    void aCatchAllGetsWhatNobodyElseDoes() {
        assertThat(domain("example.test", "", "nobody@example.test", -1))
                .isEqualTo(no(Reason.NOBODY, "nobody@example.test"));
        made(domain("example.test", "", "alice@example.test", -1));
        assertThat(goesTo("whoever@example.test")).containsExactly("alice@example.test");
        assertThat(alias("x@example.test", "nobody@example.test"))
                .isEqualTo(no(Reason.NOBODY, "nobody@example.test"));
        made(domain("second.test", "", "alice+second@example.test", -1));
        assertThat(goesTo("whoever@second.test")).containsExactly("alice@example.test");
        assertThat(administration().deleteAccount(alice.address(), NONE))
                .isEqualTo(no(Reason.IN_USE, "example.test"));
        made(domain("example.test", "", "catch@elsewhere.test", -1));
        assertThat(goesTo("whoever@example.test")).containsExactly("> catch@elsewhere.test");
    }

    @Test
    void whoIsSuspendedGetsMailAndDoesNotLogIn() {
        var suspended =
                new AccountEntry.Settings(
                        alice.address(),
                        Optional.empty(),
                        Standing.SUSPENDED,
                        false,
                        List.of(),
                        Quota.Limits.NONE);
        assertThat(store.directory().oldest()).contains(alice);
        made(administration().putAccount(suspended, NONE));
        assertThat(store.directory().credential(alice.address())).isEmpty();
        assertThat(store.directory().oldest()).isEmpty();
        assertThat(goesTo("alice@example.test")).containsExactly("alice@example.test");
        made(administration().putAccount(tagged(), NONE));
        assertThat(store.directory().credential(alice.address()).orElseThrow().password())
                .isEqualTo(TestStores.PASSWORD);
    }

    @Test
    void aDeletedAccountIsGoneWithItsMailAndItsAddressIsFree() {
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        var view = view(inbox);
        assertThat(view.size()).isEqualTo(1);
        var entry = administration().account(alice.address()).orElseThrow();
        assertThat(made(administration().deleteAccount(alice.address(), NONE))).isEqualTo(entry);
        assertThat(administration().account(alice.address())).isEmpty();
        assertThat(administration().deleteAccount(alice.address(), NONE))
                .isEqualTo(no(Reason.NOT_THERE, "alice@example.test"));
        assertThat(store.directory().find(alice.id())).isEmpty();
        assertThat(store.mailboxes().list(alice.id())).isEmpty();
        assertThat(goesTo("alice@example.test")).isEmpty();
        try (var staged = staged(MESSAGE)) {
            var late = new Delivery(staged, NOON, List.of(recipient(alice.id(), "")));
            assertThat(store.messages().deliver(late))
                    .containsExactly(new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX));
        }
        var next = TestStores.account(store, "alice@example.test");
        assertThat(next.id()).isNotEqualTo(alice.id());
        assertThat(view(inbox(next)).size()).isZero();
        reopen();
        assertThat(goesTo("alice@example.test")).containsExactly("alice@example.test");
    }

    @Test
    void ofManyWhoCreateAnAccountOneDoes() throws Exception {
        var all = new ArrayList<Callable<Change<AccountEntry>>>();
        var settings = AccountEntry.Settings.of(address("new@example.test"), TestStores.PASSWORD);
        for (int i = 0; i < 16; i++) {
            all.add(() -> administration().putAccount(settings, ABSENT));
        }
        var changes = new ArrayList<Change<AccountEntry>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(all)) {
                changes.add(future.get());
            }
        }
        assertThat(changes).filteredOn(Change.Made.class::isInstance).hasSize(1);
        assertThat(changes)
                .filteredOn(Change.Refused.class::isInstance)
                .hasSize(15)
                .allMatch(no(Reason.EXISTS, "new@example.test")::equals);
        assertThat(account("bob@nowhere.test", -1))
                .isEqualTo(no(Reason.NO_SUCH_DOMAIN, "nowhere.test"));
        var without =
                new AccountEntry.Settings(
                        address("bob@example.test"),
                        Optional.empty(),
                        Standing.ACTIVE,
                        false,
                        List.of(),
                        Quota.Limits.NONE);
        assertThat(administration().putAccount(without, NONE))
                .isEqualTo(no(Reason.NO_PASSWORD, "bob@example.test"));
    }

    @Test
    void quotasOfADomainAreNoMoreThanItsAllotment() {
        assertThat(domain("example.test", "", "", 1_000))
                .isEqualTo(no(Reason.NO_QUOTA, "example.test"));
        made(account("alice@example.test", 600));
        made(domain("example.test", "", "", 1_000));
        assertThat(account("bob@example.test", 401))
                .isEqualTo(no(Reason.OVER_ALLOTMENT, "example.test"));
        assertThat(account("bob@example.test", -1)).isEqualTo(no(Reason.NO_QUOTA, "example.test"));
        assertThat(goesTo("bob@example.test")).isEmpty();
        made(account("bob@example.test", 400));
        assertThat(account("alice@example.test", 601))
                .isEqualTo(no(Reason.OVER_ALLOTMENT, "example.test"));
        assertThat(domain("example.test", "", "", 999))
                .isEqualTo(no(Reason.OVER_ALLOTMENT, "example.test"));
        made(administration().deleteAccount(address("bob@example.test"), NONE));
        made(domain("example.test", "", "", 999));
    }

    @Test
    void rightsToSendAreGivenAndTakenAway() {
        var info = address("info@example.test");
        assertThat(store.directory().maySendAs(alice.id(), info)).isFalse();
        assertThat(administration().putAccount(tagged("x@elsewhere.test"), NONE))
                .isEqualTo(no(Reason.NO_SUCH_DOMAIN, "x@elsewhere.test"));
        var entry = made(administration().putAccount(tagged("Info@example.test"), NONE));
        assertThat(entry.sendAs()).containsExactly(address("Info@example.test"));
        assertThat(administration().account(alice.address())).contains(entry);
        assertThat(store.directory().maySendAs(alice.id(), info)).isTrue();
        made(administration().putAccount(tagged(), NONE));
        assertThat(store.directory().maySendAs(alice.id(), info)).isFalse();
        assertThat(store.directory().maySendAs(alice.id(), address("alice+x@example.test")))
                .isTrue();
        assertThat(store.directory().maySendAs(alice.id(), address("alice@elsewhere.test")))
                .isFalse();
    }

    @Test
    void listsComeInPages() {
        made(domain("a.test", "", "", -1));
        var expected = new ArrayList<String>();
        expected.add("alice@example.test");
        for (int i = 0; i < 7; i++) {
            expected.add("u" + i + "@a.test");
            made(account("u" + i + "@a.test", -1));
            made(alias("l" + i + "@a.test", "alice@example.test"));
        }
        made(administration().deleteAccount(address("u3@a.test"), NONE));
        expected.remove("u3@a.test");
        var found = new ArrayList<String>();
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = administration().accounts(Optional.empty(), after.get(), 3);
            page.items().forEach(entry -> found.add(entry.account().address().toString()));
            after = page.next();
        }
        assertThat(found).isEqualTo(expected);
        var ofA = administration().accounts(DomainName.parse("a.test"), "u1@a.test", 10);
        assertThat(ofA.items()).hasSize(4);
        assertThat(ofA.next()).isEmpty();
        assertThat(administration().aliases(DomainName.parse("a.test"), "", 7).next()).isEmpty();
        assertThat(administration().aliases(Optional.empty(), "", 6).next()).contains("l5@a.test");
        assertThat(administration().domains("", 1))
                .isEqualTo(
                        new Page<>(
                                administration().domain(new DomainName("a.test")).stream().toList(),
                                Optional.of("a.test")));
    }
}
