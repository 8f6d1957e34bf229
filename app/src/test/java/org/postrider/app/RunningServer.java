package org.postrider.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole server within the test, on free ports of this machine and a directory of its own.
final class RunningServer implements AutoCloseable {

    private static final List<String> LISTENERS =
            List.of("mx", "submission", "submissions", "pop3", "pop3s", "imap", "imaps");

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;

    private RunningServer(ConfigurableApplicationContext context, Path directory) {
        this.context = context;
        this.directory = directory;
    }

    static RunningServer start(Path directory, String... settings) {
        return new RunningServer(Postrider.start(arguments(directory, settings)), directory);
    }

    /// The command line of a server that disturbs nobody.
    static Arguments arguments(Path directory, String... settings) {
        var words = new ArrayList<String>(List.of("serve"));
        LISTENERS.forEach(name -> words.add("--postrider.listen." + name + "=127.0.0.1:0"));
        words.add("--server.port=0");
        words.add("--postrider.data-dir=" + directory);
        words.add("--postrider.hostname=mail.example.test");
        words.add("--postrider.login.plain-text=loopback");
        words.add("--postrider.password.memory=1MB");
        Stream.of(settings).map(setting -> "--" + setting).forEach(words::add);
        return Arguments.parse(words.toArray(String[]::new));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    InetSocketAddress listener(String name) {
        var address = bean(MailListeners.class).addresses().get(name);
        if (address == null) {
            throw new IllegalArgumentException("no listener " + name);
        }
        return address;
    }

    URI http(String path) {
        var port = context.getEnvironment().getProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(http(path)));
    }

    /// Posts as the administrator.
    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(http(path))
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String token() throws IOException {
        return Files.readString(directory.resolve("admin.token")).strip();
    }

    /// Creates the domain `example.test` and an account in it.
    void account(String address, String password) throws IOException, InterruptedException {
        post("/api/v1/domains", "{\"name\":\"example.test\"}");
        var created =
                post(
                        "/api/v1/accounts",
                        "{\"address\":\"%s\",\"password\":\"%s\"}".formatted(address, password));
        if (created.statusCode() != 201) {
            throw new IllegalStateException(created.body());
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
