package org.postrider.app.config;

import org.postrider.transport.Network;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

/// How Spring reads a text as a type that says so in no way it knows.
@Configuration(proxyBeanMethods = false)
public final class SettingConverters {

    @Bean
    @ConfigurationPropertiesBinding
    static NetworkReader networkReader() {
        return new NetworkReader();
    }

    @Bean
    @ConfigurationPropertiesBinding
    static OffReader offReader() {
        return new OffReader();
    }

    /// What YAML makes of an `off` without quotes.
    static final class OffReader implements Converter<Boolean, ListenAddress> {
        @Override
        public ListenAddress convert(Boolean word) {
            return ListenAddress.valueOf(word ? "on" : "off");
        }
    }

    /// A class, not a lambda, because Spring reads the types from its declaration.
    static final class NetworkReader implements Converter<String, Network> {
        @Override
        public Network convert(String text) {
            try {
                return Network.parse(text.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "is not a network such as 192.0.2.0/24 or 2001:db8::/32", e);
            }
        }
    }
}
