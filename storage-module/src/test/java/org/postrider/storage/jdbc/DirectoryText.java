package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.postrider.storage.Store;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.Alias;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Domain;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.directory.Standing;
import org.postrider.storage.testing.TestStores;

/// All that a store says of domains, accounts and aliases, a line each.
final class DirectoryText {

    private static final int MOST = 1_000;

    private DirectoryText() {}

    static List<String> of(Store store) {
        var administration = store.administration();
        var lines = new ArrayList<String>();
        administration.domains("", MOST).items().forEach(each -> lines.add(each.toString()));
        for (var entry : administration.accounts(Optional.empty(), "", MOST).items()) {
            var hash = store.directory().credential(entry.account().address());
            lines.add(
                    entry.account()
                            + (" " + entry.settings() + entry.created() + entry.version())
                            + hash.map(known -> known.password().encoded()));
        }
        administration
                .aliases(Optional.empty(), "", MOST)
                .items()
                .forEach(each -> lines.add(each.toString()));
        return lines;
    }

    /// Has a store know a bit of everything.
    static void fill(Store store) {
        var administration = store.administration();
        var none = new Precondition.None();
        var dave = TestStores.account(store, "Dave@dir.test").address();
        var erin = TestStores.account(store, "erin@dir.test").address();
        var gone = TestStores.account(store, "gone@dir.test");
        RestoreTest.deliver(store, gone.id(), "of somebody who is gone");
        made(
                administration.putAccount(
                        new AccountEntry.Settings(
                                dave,
                                Optional.of(new PasswordHash("{test}dave")),
                                Standing.SUSPENDED,
                                true,
                                List.of(erin),
                                Quota.Limits.of(5_000, -1)),
                        none));
        var all = MailAddress.parse("all@dir.test").orElseThrow();
        made(administration.putAlias(new Alias.Settings(all, List.of(dave, erin)), none));
        var some = MailAddress.parse("some@dir.test").orElseThrow();
        made(administration.putAlias(new Alias.Settings(some, List.of(all)), none));
        made(administration.deleteAlias(some, none));
        var other = new DomainName("other.test");
        made(
                administration.putDomain(
                        new Domain.Settings(
                                other,
                                Optional.of(new DomainName("dir.test")),
                                Optional.empty(),
                                OptionalLong.empty()),
                        none));
        made(
                administration.putDomain(
                        new Domain.Settings(
                                new DomainName("dir.test"),
                                Optional.empty(),
                                Optional.of(all),
                                OptionalLong.empty()),
                        none));
        var brief = new DomainName("brief.test");
        made(administration.putDomain(Domain.Settings.of(brief), none));
        made(administration.deleteDomain(brief, none));
        made(administration.deleteAccount(gone.address(), none));
        var _ = TestStores.account(store, "gone@dir.test");
    }

    private static void made(Change<?> change) {
        if (!(change instanceof Change.Made<?>)) {
            throw new AssertionError(change.toString());
        }
    }
}
