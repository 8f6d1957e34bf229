package org.postrider.app.config;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/// Refuses a number for `server.port` that is no port: the web server takes any, and fails.
public final class HttpPort implements ApplicationListener<ApplicationPreparedEvent> {

    private static final String KEY = "server.port";

    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        var port = event.getApplicationContext().getEnvironment().getProperty(KEY, "");
        if (port.matches("[-+]?\\d+") && !ListenAddress.isPort(port)) {
            throw new SettingProblem(
                    KEY + "=" + port,
                    "is no port from 0 to 65535",
                    "choose another one; 0 takes any that is free.");
        }
    }
}
