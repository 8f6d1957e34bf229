package org.postrider.app.health;

import org.postrider.transport.Listener;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether a listener takes connections.
public final class ListenerHealth implements HealthIndicator {

    private final Listener listener;

    public ListenerHealth(Listener listener) {
        this.listener = listener;
    }

    @Override
    public Health health() {
        var health = listener.isBound() ? Health.up() : Health.down();
        return health.withDetail("address", listener.address().toString()).build();
    }
}
