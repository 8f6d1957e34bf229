package org.postrider.app.health;

import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the database answers a question of ours.
public final class DatabaseHealth implements HealthIndicator {

    private static final MailAddress NOBODY =
            MailAddress.parse("nobody@health.invalid").orElseThrow();

    private final Directory directory;

    public DatabaseHealth(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Health health() {
        try {
            var _ = directory.credential(NOBODY);
            return Health.up().build();
        } catch (StoreUnavailable e) {
            return Health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
        }
    }
}
