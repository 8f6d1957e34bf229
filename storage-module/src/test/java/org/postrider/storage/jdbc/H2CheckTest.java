package org.postrider.storage.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.jdbc.check.StoppedStore;
import org.postrider.storage.mailbox.StoreUnavailable;

/// The checks of a store in one directory.
class H2CheckTest extends CheckContract {

    private static final String SMALL = "segments/000000000001.seg";
    private static final String LARGE = "segments/000000000002.seg";

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }

    @Test
    void aLostSegmentIsToldForEachMessageInIt() throws Exception {
        Files.delete(directory.resolve(LARGE));
        var found = Invariants.violations(settings);
        assertThat(places(found))
                .containsExactly(
                        "B3 alice@example.test, mailbox INBOX, UID 8, body",
                        "B3 bob@example.test, mailbox INBOX, UID 3, body");
        assertThat(found.getFirst().what()).contains("cannot be opened");
    }

    @Test
    void anOctetThatChangedIsFoundByReadingIt() throws Exception {
        var segment = directory.resolve(SMALL);
        var text = Files.readString(segment, ISO_8859_1);
        int body = text.indexOf("Subject: ");
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(body);
            file.write(text.charAt(body) ^ 1);
        }
        var shallow =
                StoppedStore.check(settings, InstantSource.system(), CheckOptions.ROWS, _ -> {});
        assertThat(shallow.clean()).isTrue();
        assertThat(places(Invariants.violations(settings)))
                .contains("B3 alice@example.test, mailbox INBOX, UID 1, body")
                .allMatch(place -> place.startsWith("B3 "));
    }

    @Test
    void aSegmentThatCountsWronglyIsFound() throws Exception {
        try (var store = (JdbcStore) JdbcStore.open(settings, InstantSource.system())) {
            store.upkeep().run("segments");
        }
        assertThat(Invariants.violations(settings)).isEmpty();
        for (var column : List.of("bytes", "dead_bytes", "note_bytes")) {
            change("update pack set %1$s = %1$s + 1 where pack_id = 1".formatted(column));
            assertThat(places(Invariants.violations(settings))).containsExactly("B7 segment 1");
            change("update pack set %1$s = %1$s - 1 where pack_id = 1".formatted(column));
        }
        change("update pack set state = 2, dead_bytes = bytes where pack_id = 1");
        assertThat(places(Invariants.violations(settings))).containsExactly("B7 segment 1");
    }

    private void change(String sql) throws Exception {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    @Test
    void lookingChangesNoFile() throws Exception {
        var before = files();
        Invariants.violations(settings);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatIsNoStoreOfThisVersionCannotBeChecked() throws Exception {
        var nothing = StoreSettings.embedded(directory.resolve("nothing"));
        assertThatThrownBy(() -> Invariants.violations(nothing))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("there is no mail store");
        assertThat(directory.resolve("nothing")).doesNotExist();
        var old = StoreSettings.embedded(directory.resolve("old"));
        UpgradeFixture.load(old, 2);
        assertThatThrownBy(() -> Invariants.violations(old))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("of schema version 2");
        UpgradeContract.upgrade(settings, "classpath:db/later");
        assertThatThrownBy(() -> Invariants.violations(settings))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("newer Postrider (schema version 1001)");
    }

    private Map<String, Integer> files() throws Exception {
        var contents = new TreeMap<String, Integer>();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
