package org.postrider.storage.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// The contract on the embedded database.
class H2StoreTest extends StoreContract {

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }

    @Test
    void octetsThatCannotBeReadAreTheStoresFailure() throws Exception {
        deliver(alice, "", MESSAGE);
        var whole = new HashMap<Path, byte[]>();
        try (var files = Files.list(directory.resolve("segments"))) {
            for (var file : files.toList()) {
                whole.put(file, Files.readAllBytes(file));
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(20);
                }
            }
        }
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> read(inbox(alice), UidSet.of(1)));
        for (var file : whole.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    @Test
    void belowTheLowWaterMarkThereIsNoRoomAndRemovingStillWorks() throws Exception {
        for (int i = 0; i < 4; i++) {
            deliver(alice, "", MESSAGE);
        }
        assertThat(store.messages().hasRoom(1_000)).isTrue();
        store.close();
        store = TestStores.h2BelowTheLowWaterMark(directory);
        assertThat(store.messages().hasRoom(1)).isFalse();
        var inbox = inbox(alice);
        var archive = create("Kept");
        store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        assertThat(done(store.messages().expunge(inbox, UidSet.of(1)))).isEqualTo(UidSet.of(1));
        done(store.messages().copy(inbox, UidSet.of(2), archive));
        done(store.messages().move(inbox, UidSet.of(3), archive));
        var maildrop = done(store.maildrops().open(alice.id(), "test"));
        assertThat(done(maildrop.update(UidSet.of(4), UidSet.EMPTY))).isEqualTo(UidSet.of(4));
        ((JdbcStore) store).upkeep().run(Retention.PURGE);
        assertThat(status(inbox).messages()).isEqualTo(1);
        assertThat(status(archive).messages()).isEqualTo(2);
    }

    @Test
    void octetsThatCannotBeKeptAreTheStoresFailure(@TempDir Path fullDisk) {
        SegmentFiles full = path -> new FullFile();
        try (var failing = JdbcStore.open(settings(fullDisk), InstantSource.system(), full)) {
            var large = new ByteArrayInputStream("x".repeat(4 << 20).getBytes(US_ASCII));
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> failing.messages().stage(large, Integer.MAX_VALUE));
        }
    }

    /// A file on a disk without room.
    private static final class FullFile implements SegmentFiles.File {
        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void force() {}

        @Override
        public void truncate(long size) {}

        @Override
        public void close() {}
    }
}
