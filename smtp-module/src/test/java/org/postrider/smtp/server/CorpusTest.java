package org.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.directory.Account;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.TlsMode;
import org.postrider.transport.sasl.PlainTextLogin;

/// Every message of the corpus, its line ends made CRLF by the client, goes in by SMTP and is in
/// the store octet for octet. One that holds a NUL is refused, and the next one is not.
@Tag("shared")
final class CorpusTest {

    private static final int CONNECTIONS = 4;

    @TempDir Path directory;

    @Test
    void everyMessageComesBackAsItWasSent() throws Exception {
        var corpus = corpus();
        assertThat(corpus).isNotEmpty();
        var limits = SmtpLimits.defaults();
        try (var server = new SmtpServer(directory);
                var log = new ErrorLog();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var settings = SmtpSettings.mx(SmtpServer.HOSTNAME).withLimits(limits);
            var address = server.listen(settings, PlainTextLogin.TLS, TlsMode.NONE);
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var account = TestStores.account(server.store(), "reader" + i + "@example.test");
                var share = new ArrayList<Path>();
                for (int file = i; file < corpus.size(); file += CONNECTIONS) {
                    share.add(corpus.get(file));
                }
                tasks.add(() -> sendAndCompare(server, address, account, share));
            }
            int stored = 0;
            for (var done : threads.invokeAll(tasks)) {
                stored += done.get();
            }
            System.out.println("corpus: " + corpus.size() + " sent, " + stored + " stored");
            assertThat(log.events()).isEmpty();
        }
    }

    /// @return how many were stored
    private static int sendAndCompare(
            SmtpServer server, InetSocketAddress address, Account account, List<Path> files)
            throws IOException {
        var expected = new ArrayList<Path>();
        try (var client = SmtpClient.greeted(address)) {
            for (var file : files) {
                var message = withCrlf(file);
                var reply = client.message(message, account.address().toString());
                if (message.indexOf('\0') >= 0) {
                    assertThat(reply).as(file.toString()).startsWith("550 5.6.0");
                } else {
                    assertThat(reply).as(file.toString()).startsWith("250 2.0.0");
                    expected.add(file);
                }
            }
            assertThat(client.command("QUIT")).startsWith("221");
        }
        var stored = server.inbox(account);
        assertThat(stored).hasSameSizeAs(expected);
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).message())
                    .as(expected.get(i).toString())
                    .isEqualTo(withCrlf(expected.get(i)));
        }
        return stored.size();
    }

    private static List<Path> corpus() throws IOException {
        var root = Path.of(System.getenv("POSTRIDER_SHARED"), "corpus", "open");
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("MANIFEST.tsv"))
                    .sorted()
                    .toList();
        }
    }

    private static String withCrlf(Path file) throws IOException {
        var text =
                Files.readString(file, StandardCharsets.ISO_8859_1)
                        .replaceAll("\r\n|\r|\n", "\r\n");
        return text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
    }
}
