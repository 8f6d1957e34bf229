package org.postrider.app;

import java.time.InstantSource;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.config.PostriderProperties;
import org.postrider.storage.Store;
import org.postrider.storage.jdbc.RestlessStore;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The server with a [RestlessStore]; all else is as its settings say.
final class RestlessServer {

    private RestlessServer() {}

    /// Takes the place of the store that the server would open.
    @Configuration(proxyBeanMethods = false)
    static class Restless {

        @Bean
        Store store(
                PostriderProperties properties, DataDirectory dataDirectory, InstantSource clock) {
            var settings =
                    StoreConfiguration.settings(properties.database(), dataDirectory.path())
                            .withLimits(properties.store().limits());
            return RestlessStore.open(settings, clock);
        }
    }

    public static void main(String... words) {
        var arguments = Arguments.parse(words);
        var application = new SpringApplication(ServerConfiguration.class, Restless.class);
        application.setAllowBeanDefinitionOverriding(true);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(arguments.mode().defaults());
        var context = application.run(arguments.settings().toArray(String[]::new));
        System.out.println(context.getBean(ServerReady.class).announcement());
    }
}
