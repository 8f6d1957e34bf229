package org.postrider.app.config;

import java.util.Arrays;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Refuses a setting that nobody reads, which is mostly a misspelt one that somebody relies on.
/// Environment variables are let through: other programs put theirs there (`POSTRIDER_PORT` in
/// Kubernetes).
public final class UnknownSettings implements ApplicationListener<ApplicationPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        check(event.getApplicationContext().getEnvironment());
    }

    static void check(ConfigurableEnvironment environment) {
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> settings
                    && !(source instanceof SystemEnvironmentPropertySource)) {
                Arrays.stream(settings.getPropertyNames())
                        .filter(key -> isUnknown(settings, key))
                        .findFirst()
                        .ifPresent(UnknownSettings::refuse);
            }
        }
    }

    private static boolean isUnknown(PropertySource<?> source, String key) {
        boolean everyKeyIsASetting = source instanceof CommandLinePropertySource<?>;
        return (everyKeyIsASetting || SettingKeys.isOurs(key)) && !SettingKeys.isKnown(key);
    }

    /// Names the key alone: what stands behind one such as `postrider.database.password` belongs in
    /// no log.
    private static void refuse(String key) {
        throw new SettingProblem(
                key,
                "is not a setting of Postrider",
                SettingKeys.nearest(key)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("docs/configuration.md has all settings."));
    }
}
