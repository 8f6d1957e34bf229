package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

/// The changes of the directory, each of which is one command.
final class DirectoryRecipes {

    private static final Precondition NONE = new Precondition.None();

    private static final Quota.Limits LIMITS =
            new Quota.Limits(OptionalLong.of(1_000_000), OptionalLong.of(1_000));

    static final List<Recipe> ALL =
            List.of(
                    Recipe.of("create a domain", scene -> made(putDomain(scene, "")))
                            .proving(scene ->
                                    assertThat(scene.store().directory().isLocal(domain(scene)))
                                            .isTrue()),
                    Recipe.of(
                                    "change a domain",
                                    scene -> made(putDomain(scene, scene.address("owner"))))
                            .after(scene -> made(putDomain(scene, ""))),
                    Recipe.of(
                                    "delete a domain",
                                    scene ->
                                            gone(
                                                    scene.store()
                                                            .administration()
                                                            .deleteDomain(domain(scene), NONE)))
                            .after(scene -> made(putDomain(scene, ""))),
                    Recipe.of("create an account", DirectoryRecipes::createAccount),
                    Recipe.of(
                            "set a password",
                            scene ->
                                    TestStores.setPassword(
                                            scene.store(),
                                            scene.owner.id(),
                                            new PasswordHash("{test}other"))),
                    Recipe.of(
                                    "set a quota",
                                    scene ->
                                            TestStores.setQuota(
                                                    scene.store(), scene.owner.id(), LIMITS))
                            .after(Recipes::fill)
                            .proving(scene -> {
                                var quota = scene.store().directory().quota(scene.owner.id());
                                assertThat(quota.orElseThrow().limits()).isEqualTo(LIMITS);
                            }),
                    Recipe.of("change all of an account", DirectoryRecipes::changeAll)
                            .after(Recipes::fill)
                            .proving(scene -> {
                                var entry = account(scene, "owner").orElseThrow();
                                assertThat(entry.sendAs()).hasSize(2);
                                assertThat(entry.standing()).isEqualTo(Standing.SUSPENDED);
                                assertThat(entry.quota().limits()).isEqualTo(LIMITS);
                            }),
                    Recipe.of("delete an account", DirectoryRecipes::deleteAccount)
                            .after(Recipes::fill)
                            .proving(scene -> assertThat(account(scene, "owner")).isEmpty()),
                    Recipe.of("create an alias", scene -> made(putAlias(scene, "owner", "other"))),
                    Recipe.of("change an alias", scene -> made(putAlias(scene, "other")))
                            .after(scene -> made(putAlias(scene, "owner", "other"))),
                    Recipe.of(
                                    "delete an alias",
                                    scene ->
                                            gone(
                                                    scene.store()
                                                            .administration()
                                                            .deleteAlias(
                                                                    address(scene, "alias"), NONE)))
                            .after(scene -> made(putAlias(scene, "owner", "other"))));

    private DirectoryRecipes() {}

    private static MailAddress address(Scene scene, String name) {
        return MailAddress.parse(scene.address(name)).orElseThrow();
    }

    private static DomainName domain(Scene scene) {
        return new DomainName(scene.address("d").replace("@", "."));
    }

    private static Optional<AccountEntry> account(Scene scene, String name) {
        return scene.store().administration().account(address(scene, name));
    }

    private static Change<Domain> putDomain(Scene scene, String catchAll) {
        var settings =
                new Domain.Settings(
                        domain(scene),
                        Optional.empty(),
                        catchAll.isEmpty() ? Optional.empty() : MailAddress.parse(catchAll),
                        OptionalLong.empty());
        return scene.store().administration().putDomain(settings, NONE);
    }

    private static void createAccount(Scene scene) {
        var settings = AccountEntry.Settings.of(address(scene, "new"), TestStores.PASSWORD);
        made(scene.store().administration().putAccount(settings, new Precondition.Absent()));
    }

    private static void changeAll(Scene scene) {
        made(
                scene.store()
                        .administration()
                        .putAccount(
                                new AccountEntry.Settings(
                                        scene.owner.address(),
                                        Optional.of(new PasswordHash("{test}new")),
                                        Standing.SUSPENDED,
                                        true,
                                        List.of(address(scene, "other"), address(scene, "x")),
                                        LIMITS),
                                NONE));
    }

    private static void deleteAccount(Scene scene) {
        gone(scene.store().administration().deleteAccount(scene.owner.address(), NONE));
    }

    private static Change<Alias> putAlias(Scene scene, String... targets) {
        var addresses = List.of(targets).stream().map(name -> address(scene, name)).toList();
        return scene.store()
                .administration()
                .putAlias(new Alias.Settings(address(scene, "alias"), addresses), NONE);
    }

    private static void made(Change<?> change) {
        assertThat(change).isInstanceOf(Change.Made.class);
    }

    /// What failed without anybody knowing how may have been done.
    private static void gone(Change<?> change) {
        if (change instanceof Change.Refused<?>(var why, _)) {
            assertThat(why).isEqualTo(Change.Reason.NOT_THERE);
        }
    }
}
