package org.postrider.smtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
import org.postrider.storage.testing.TestStores;

/// Who is postmaster (RFC 5321 §4.5.1).
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
                .isEqualTo(new RecipientDecision.DeliverLocally(postmaster));
        assertThat(decide("example.test", null, new ForwardPath.Postmaster()))
                .isEqualTo(new RecipientDecision.DeliverLocally(postmaster));
    }

    @Test
    void anAccountOfThatNameComesBeforeTheStandIn() {
        var postmaster = TestStores.account(store, "postmaster@example.test");
        assertThat(decide("mx.example.test", "alice@example.test", mailbox("postmaster")))
                .isEqualTo(new RecipientDecision.DeliverLocally(postmaster));
    }

    @Test
    void theStandInGetsWhatNoPostmasterGets() {
        var delivered = new RecipientDecision.DeliverLocally(alice);
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
    void withoutBothThereIsNoPostmaster() {
        assertThat(decide("mx.example.test", null, new ForwardPath.Postmaster()))
                .isInstanceOf(RecipientDecision.Refuse.class);
        assertThat(decide("mx.example.test", "gone@example.test", mailbox("postmaster")))
                .isInstanceOf(RecipientDecision.Refuse.class);
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
