package org.postrider.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be done: two ways to run the server, which differ in their defaults only, and the
/// restore of what one of them served.
enum Mode {
    /// On this machine alone, above the ports that need a right, with well-known accounts.
    DEMO("demo", "try it out: on 127.0.0.1 alone, with accounts alice and bob"),
    /// For real: the standard ports on every address.
    SERVE("serve", "the mail server on the standard ports, data in /var/lib/postrider"),
    /// Instead of serving: makes a lost or damaged embedded database anew.
    RESTORE("restore", "make a lost database anew from its last copy and the segments");

    /// How far above the standard ports the demonstration listens.
    private static final int DEMO_OFFSET = 12_000;

    private static final List<String> CONFIGURATION_FILES =
            List.of("optional:file:/etc/postrider/postrider.yaml");

    private final String word;
    private final String purpose;

    Mode(String word, String purpose) {
        this.word = word;
        this.purpose = purpose;
    }

    static Optional<Mode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    String purpose() {
        return purpose;
    }

    /// What holds unless a setting says otherwise.
    Map<String, Object> defaults() {
        var defaults = new LinkedHashMap<String, Object>();
        boolean demo = this == DEMO;
        listen(defaults, "mx", 25);
        listen(defaults, "submission", 587);
        listen(defaults, "submissions", 465);
        listen(defaults, "pop3", 110);
        listen(defaults, "pop3s", 995);
        listen(defaults, "imap", 143);
        listen(defaults, "imaps", 993);
        defaults.put("postrider.mx.auth", demo ? "loopback" : "off");
        defaults.put("postrider.login.plain-text", demo ? "loopback" : "tls");
        defaults.put(
                "postrider.data-dir", demo ? demoDirectory().toString() : "/var/lib/postrider");
        defaults.put("postrider.demo.enabled", demo);
        if (demo) {
            defaults.put("postrider.limits.connections-per-address", 10_000);
        }
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.port", demo ? DEMO_OFFSET + 80 : 8080);
        defaults.put(
                "spring.config.location",
                demo ? "classpath:/" : "classpath:/," + String.join(",", CONFIGURATION_FILES));
        return defaults;
    }

    private void listen(Map<String, Object> defaults, String name, int port) {
        var address = this == DEMO ? "127.0.0.1:" + (port + DEMO_OFFSET) : "*:" + port;
        defaults.put("postrider.listen." + name, address);
    }

    private static Path demoDirectory() {
        return Checkout.root().orElse(Path.of("")).resolve("target", "demo").toAbsolutePath();
    }
}
