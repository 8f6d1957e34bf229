package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.Alias;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.directory.Standing;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.restore.Restore;
import org.postrider.storage.testing.TestStores;

/// What an operator has set comes back with the mail.
class DirectoryRestoreTest {

    @TempDir Path directory;

    private StoreSettings settings() {
        return StoreSettings.embedded(directory);
    }

    @Test
    void theDirectoryComesBackFromTheSegmentsAlone() throws Exception {
        List<String> before;
        try (var store = TestStores.h2(directory)) {
            DirectoryText.fill(store);
            before = DirectoryText.of(store);
        }
        restore();
        assertComesBack(before);
    }

    @Test
    void whatWasSetSinceTheCopyCounts() throws Exception {
        try (var store = TestStores.h2(directory)) {
            DirectoryText.fill(store);
            new DatabaseCopies(settings(), InstantSource.system()).run();
        }
        List<String> before;
        try (var store = TestStores.h2(directory)) {
            var erin = MailAddress.parse("erin@dir.test").orElseThrow();
            var settings =
                    new AccountEntry.Settings(
                            erin,
                            Optional.empty(),
                            Standing.SUSPENDED,
                            true,
                            List.of(),
                            Quota.Limits.NONE);
            store.administration().putAccount(settings, new Precondition.None());
            var all = MailAddress.parse("new@dir.test").orElseThrow();
            var alias = new Alias.Settings(all, List.of(erin));
            store.administration().putAlias(alias, new Precondition.None());
            before = DirectoryText.of(store);
        }
        restore();
        assertComesBack(before);
    }

    private void restore() throws Exception {
        Files.delete(directory.resolve("postrider.mv.db"));
        assertThat(Restore.run(settings(), InstantSource.system()).check().clean()).isTrue();
    }

    private void assertComesBack(List<String> before) throws Exception {
        try (var store = TestStores.h2(directory)) {
            assertThat(DirectoryText.of(store)).isEqualTo(before);
            var gone = MailAddress.parse("gone@dir.test").orElseThrow();
            var entry = store.administration().account(gone).orElseThrow();
            assertThat(entry.quota().messages()).isZero();
        }
        Invariants.assertHold(settings());
    }
}
