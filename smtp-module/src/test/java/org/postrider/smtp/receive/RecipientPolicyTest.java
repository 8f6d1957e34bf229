package org.postrider.smtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.smtp.wire.ForwardPath;
import org.postrider.storage.Store;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Alias;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Directory.Destination;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.testing.TestStores;

/// Who gets mail, and who is postmaster (RFC 5321 §4.5.1).
final class RecipientPolicyTest {

    @TempDir Path directory;
    private Store store;
    private Account alice;

    @BeforeEach
    void open() {
        store = TestStores.h2(directory);
        alice = TestStores.account(store, "alice@example.test");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void thePostmasterWithoutADomainIsTheOneOfTheNearestDomainAboveTheHostName() {
        var postmaster = TestStores.account(store, "postmaster@example.test");
        assertThat(decide("mx.a.example.test", null, new ForwardPath.Postmaster()))
                .isEqualTo(delivered(postmaster));
        assertThat(decide("example.test", null, new ForwardPath.Postmaster()))
                .isEqualTo(delivered(postmaster));
    }

    @Test
    void anAccountOfThatNameComesBeforeTheStandIn() {
        var postmaster = TestStores.account(store, "postmaster@example.test");
        assertThat(decide("mx.example.test", "alice@example.test", mailbox("postmaster")))
                .isEqualTo(delivered(postmaster));
    }

    @Test
    void theStandInGetsWhatNoPostmasterGets() {
        var delivered = delivered(alice);
        assertThat(decide("mx.example.test", "alice@example.test", mailbox("PostMaster")))
                .isEqualTo(delivered);
        assertThat(decide("mx.example.test", "alice@example.test", new ForwardPath.Postmaster()))
                .isEqualTo(delivered);
        assertThat(decide("elsewhere.test", "alice@example.test", new ForwardPath.Postmaster()))
                .isEqualTo(delivered);
        assertThat(decide("mx.example.test", "alice@example.test", mailbox("nobody")))
                .isInstanceOf(RecipientDecision.Refuse.class);
    }

    @Test
    void withoutBothTheOldestAccountIsPostmasterAndGetsWhatIsAboutAbuse() {
        TestStores.account(store, "bob@example.test");
        assertThat(decide("mx.example.test", null, new ForwardPath.Postmaster()))
                .isEqualTo(delivered(alice));
        assertThat(decide("mx.example.test", "gone@example.test", mailbox("postmaster")))
                .isEqualTo(delivered(alice));
        assertThat(decide("mx.example.test", null, mailbox("Abuse"))).isEqualTo(delivered(alice));
    }

    @Test
    void anAliasThatAlsoGoesElsewhereIsRefusedForNow() {
        var bob = TestStores.account(store, "bob@example.test");
        alias("team@example.test", "alice@example.test", "bob@example.test");
        assertThat(decide("mx.example.test", null, mailbox("team")))
                .isEqualTo(delivered(alice, bob));
        alias("team@example.test", "alice@example.test", "bob@elsewhere.test");
        assertThat(decide("mx.example.test", null, mailbox("team")))
                .isInstanceOfSatisfying(
                        RecipientDecision.Refuse.class,
                        refused -> assertThat(refused.reply().code()).isEqualTo(451));
    }

    private void alias(String address, String... targets) {
        var settings =
                new Alias.Settings(
                        MailAddress.parse(address).orElseThrow(),
                        Arrays.stream(targets)
                                .map(target -> MailAddress.parse(target).orElseThrow())
                                .toList());
        assertThat(store.administration().putAlias(settings, new Precondition.None()))
                .isInstanceOf(Change.Made.class);
    }

    private static RecipientDecision delivered(Account... accounts) {
        return new RecipientDecision.DeliverLocally(
                Arrays.stream(accounts)
                        .map(account -> new Destination.Here(account, Optional.empty()))
                        .toList());
    }

    private RecipientDecision decide(
            String hostname, @Nullable String postmaster, ForwardPath path) {
        var standIn = postmaster == null ? null : MailAddress.parse(postmaster).orElseThrow();
        return new RecipientPolicy(store.directory(), new DomainName(hostname), standIn)
                .decide(path, 0);
    }

    private static ForwardPath mailbox(String localPart) {
        return new ForwardPath.Mailbox(
                MailAddress.parse(localPart + "@example.test").orElseThrow());
    }
}
