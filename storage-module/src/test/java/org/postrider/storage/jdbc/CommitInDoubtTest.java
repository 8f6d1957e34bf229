package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.testing.TestPostgres;
import org.postrider.storage.testing.TestStores;

/// When the answer to a commit gets lost, the store finds out whether it took place, and the
/// message is there once either way.
class CommitInDoubtTest {

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            value = CuttingProxy.Cut.class,
            names = {"BEFORE_THE_COMMIT", "AFTER_THE_COMMIT"})
    void aMessageIsThereOnce(CuttingProxy.Cut cut) throws Exception {
        var direct = TestPostgres.fresh(directory);
        var server = URI.create(direct.url().substring("jdbc:".length()));
        try (var proxy = new CuttingProxy(server.getHost(), server.getPort())) {
            // Without prepared statements the proxy sees every COMMIT as text.
            var settings =
                    StoreSettings.of(
                                    "jdbc:postgresql://127.0.0.1:%d%s?prepareThreshold=0"
                                            .formatted(proxy.port(), server.getPath()),
                                    direct.user(),
                                    direct.password(),
                                    directory)
                            .allowingUnsafeDatabase();
            try (var store = JdbcStore.open(settings, InstantSource.system())) {
                var alice = TestStores.account(store, "alice@example.test");
                for (int i = 1; i <= 3; i++) {
                    proxy.cutNext(cut);
                    try (var staged = TestStores.staged(store, "Subject: " + i + "\r\n\r\n")) {
                        var recipient = new Delivery.Recipient(alice.id(), new byte[0]);
                        var delivery = new Delivery(staged, Instant.now(), List.of(recipient));
                        var delivered =
                                StoreContract.done(store.messages().deliver(delivery).getFirst());
                        assertThat(delivered.uid().value()).isEqualTo(i);
                    }
                    assertThat(proxy.hasCut()).isTrue();
                    var inbox = store.mailboxes().find(alice.id(), MailboxName.INBOX).orElseThrow();
                    assertThat(ViewWatcher.view(store, inbox.id()).size()).isEqualTo(i);
                }
            }
        }
        Invariants.assertHold(direct);
    }
}
