package org.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.transport.TlsMode;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.testing.Stage;

/// A server for one dialogue. Its `GIVEN` lines say what must be in the store at that moment.
final class SmtpStage implements Stage {

    private static final Pattern COUNT = Pattern.compile("(alice|bob) has (\\d+) messages?");
    private static final Pattern QUOTA =
            Pattern.compile("(alice|bob) may have (\\d+) octets in (\\d+) messages?");
    private static final Pattern LINE =
            Pattern.compile("(alice|bob)'s last message has the line (.*)");
    private static final Pattern END = Pattern.compile("(alice|bob)'s last message ends with (.*)");
    private static final Pattern RECEIVED =
            Pattern.compile("(alice|bob)'s Received field says (.*)");

    private final SmtpServer server;
    private final InetSocketAddress address;
    private final boolean implicitTls;

    SmtpStage(Store store, SmtpSettings settings, PlainTextLogin plainText, TlsMode tls)
            throws IOException {
        server = new SmtpServer(store);
        address = server.listen(settings, plainText, tls);
        implicitTls = tls == TlsMode.IMPLICIT;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public boolean implicitTls() {
        return implicitTls;
    }

    @Override
    public void given(String what) throws IOException {
        var count = COUNT.matcher(what);
        var quota = QUOTA.matcher(what);
        var line = LINE.matcher(what);
        var end = END.matcher(what);
        var received = RECEIVED.matcher(what);
        if (count.matches()) {
            assertThat(server.count(account(count.group(1))))
                    .as(what)
                    .isEqualTo(Integer.parseInt(count.group(2)));
        } else if (quota.matches()) {
            server.limit(
                    account(quota.group(1)),
                    Long.parseLong(quota.group(2)),
                    Long.parseLong(quota.group(3)));
        } else if (line.matches()) {
            assertThat(last(line.group(1)).lines()).contains(line.group(2));
        } else if (end.matches()) {
            var text = end.group(2).replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
            assertThat(last(end.group(1))).endsWith(text);
        } else if (received.matches()) {
            assertThat(last(received.group(1)).replace("\r\n", "")).contains(received.group(2));
        } else {
            throw new IllegalArgumentException(what);
        }
    }

    private Account account(String name) {
        return name.equals("alice") ? server.alice() : server.bob();
    }

    private String last(String name) throws IOException {
        var stored = server.inbox(account(name)).getLast();
        return stored.traceFields() + stored.message();
    }

    @Override
    public void close() {
        server.close();
    }
}
