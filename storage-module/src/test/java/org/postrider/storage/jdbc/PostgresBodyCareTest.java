package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;
import org.postrider.storage.testing.TestStores;

/// The care for bodies in PostgreSQL.
class PostgresBodyCareTest extends BodyCareContract {

    private static final String BLOBS = "select count(distinct blob_id) from body_chunk";

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }

    @Override
    void assertCollected() throws Exception {
        assertThat(number(BLOBS)).isEqualTo(number("select count(*) from body"));
    }

    @Test
    void chunksThatNoRowEverNamedAreFoundAfterADayAndThoseBeingReceivedAreNot() throws Exception {
        reopenSmall();
        deliver(alice, "", message(20));
        try (var staged = staged("Subject: staged\r\n\r\n" + TestStores.noise(1, 200_000))) {
            later(Duration.ofDays(2));
            upkeep("orphans", "collection");
            assertThat(number(BLOBS)).isEqualTo(2);
            assertThat(staged.octets()).isPositive();
        }
        var lost = staged("Subject: lost\r\n\r\n" + TestStores.noise(2, 200_000));
        assertThat(lost.octets()).isPositive();
        assertThat(number(BLOBS)).isEqualTo(2);
        store.close();
        store = JdbcStore.open(settings, now::get);
        upkeep("orphans", "collection");
        assertThat(number(BLOBS)).isEqualTo(2);
        later(Duration.ofDays(2));
        upkeep("orphans", "collection");
        assertThat(number(BLOBS)).isEqualTo(1);
        assertThat(number("select count(*) from body")).isEqualTo(1);
    }
}
