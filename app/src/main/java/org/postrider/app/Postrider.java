package org.postrider.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/// The entry point. Nothing is found by scanning: every part of the server is a bean method of a
/// configuration class named here, so that the wiring can be read.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public final class Postrider {

    public static void main(String[] arguments) {
        SpringApplication.run(Postrider.class, arguments);
    }
}
