package org.postrider.app;

import java.util.stream.Collectors;
import org.postrider.app.health.DatabaseHealth;
import org.postrider.app.health.ListenerHealth;
import org.postrider.storage.Store;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Whether each part of the server works, at `/actuator/health`.
@Configuration(proxyBeanMethods = false)
final class HealthConfiguration {

    /// Spring takes the part of the name before `HealthContributor` for the check's name.
    @Bean
    DatabaseHealth databaseHealthContributor(Store store) {
        return new DatabaseHealth(store.directory());
    }

    @Bean
    CompositeHealthContributor listenersHealthContributor(MailListeners listeners) {
        return CompositeHealthContributor.fromMap(
                listeners.byName().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        each -> each.getKey(),
                                        each -> new ListenerHealth(each.getValue()))));
    }
}
