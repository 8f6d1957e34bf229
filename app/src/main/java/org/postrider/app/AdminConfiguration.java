package org.postrider.app;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.postrider.app.admin.AccountsApi;
import org.postrider.app.admin.AdminToken;
import org.postrider.app.admin.BearerFilter;
import org.postrider.app.admin.CheckApi;
import org.postrider.app.admin.DomainsApi;
import org.postrider.app.admin.GuardApi;
import org.postrider.app.admin.ProblemAnswers;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.demo.DemoAccounts;
import org.postrider.app.security.LoginGuard;
import org.postrider.app.security.PasswordHashing;
import org.postrider.storage.Store;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;

/// The administration's REST interface.
@Configuration(proxyBeanMethods = false)
final class AdminConfiguration {

    @Bean
    AdminToken adminToken(DataDirectory dataDirectory, SecureRandom random) {
        return AdminToken.in(dataDirectory.path(), random);
    }

    @Bean
    FilterRegistrationBean<BearerFilter> bearerFilter(AdminToken token) {
        var registration = new FilterRegistrationBean<>(new BearerFilter(token));
        registration.addUrlPatterns("/api/*");
        return registration;
    }

    @Bean
    DomainsApi domainsApi(Store store) {
        return new DomainsApi(store.administration());
    }

    @Bean
    AccountsApi accountsApi(Store store, PasswordHashing hashing) {
        return new AccountsApi(store.directory(), store.administration(), hashing);
    }

    @Bean
    CheckApi checkApi(Store store) {
        return new CheckApi(store);
    }

    @Bean
    GuardApi guardApi(LoginGuard guard) {
        return new GuardApi(guard);
    }

    @Bean
    ProblemAnswers problemAnswers() {
        return new ProblemAnswers();
    }

    @Bean
    ServerReady serverReady(
            MailListeners listeners,
            DemoAccounts accounts,
            AdminToken token,
            DataDirectory dataDirectory,
            ServletWebServerApplicationContext http) {
        return new ServerReady(
                listeners, accounts, token, dataDirectory, () -> port(http.getWebServer()));
    }

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    private static int port(@Nullable WebServer http) {
        return http == null ? -1 : http.getPort();
    }
}
