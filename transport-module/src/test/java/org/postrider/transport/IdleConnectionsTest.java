package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.postrider.transport.testing.TestClient;

/// What a connection costs while nothing happens on it.
class IdleConnectionsTest {

    private static final int PLAIN_BYTES = 6 * 1024;
    private static final int TLS_BYTES = 15 * 1024;

    /// Descriptors that the process needs for other things.
    private static final int SPARE = 1000;

    private static final Pattern HISTOGRAM_ROW = Pattern.compile(" *\\d+: +\\d+ +(\\d+) +(.*)");

    @Test
    void tenThousandInClearTextCostSixKilobytesEach() throws Exception {
        assertThat(heapPerConnection(10_000, TlsMode.NONE)).isLessThanOrEqualTo(PLAIN_BYTES);
    }

    /// Two thousand: ten thousand handshakes would be most of the time of the whole build, and the
    /// cost of each is the same.
    @Test
    void underTlsTheyCostFifteenKilobytesEach() throws Exception {
        assertThat(heapPerConnection(2_000, TlsMode.IMPLICIT)).isLessThanOrEqualTo(TLS_BYTES);
    }

    private static long heapPerConnection(int wanted, TlsMode tls) throws Exception {
        int count = Math.min(wanted, descriptors() - SPARE);
        TransportLimits limits =
                TransportLimits.standard().withConnections(count + SPARE, count + SPARE);
        try (EchoStage stage = new EchoStage(limits, new EchoProtocol(), tls)) {
            warm(stage);
            long before = liveHeap();
            Process clients = clients(stage, count);
            try (BufferedReader said = clients.inputReader()) {
                assertThat(said.readLine()).isEqualTo("greeted");
                stage.protocol().awaitCall("opened", 1 + count);
                long each = (liveHeap() - before) / count;
                System.out.printf(
                        "live heap per idle connection: %d octets (%s, %d connections)%n",
                        each, tls, count);
                assertThat(stage.transport().connections()).isEqualTo(count);
                return each;
            } finally {
                clients.getOutputStream().close();
                assertThat(clients.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /// One connection, so that what is allocated once is there.
    private static void warm(EchoStage stage) throws IOException, InterruptedException {
        try (TestClient client =
                stage.listener().tls() == TlsMode.IMPLICIT
                        ? TestClient.connectTls(stage.address())
                        : TestClient.connect(stage.address())) {
            client.line();
        }
        stage.protocol().awaitCall("closed");
    }

    private static int descriptors() {
        UnixOperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        return (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount());
    }

    /// The octets of all live objects, counted object by object: what a collector calls used has
    /// gaps in it.
    private static long liveHeap() throws JMException {
        String histogram =
                (String)
                        ManagementFactory.getPlatformMBeanServer()
                                .invoke(
                                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                        "gcClassHistogram",
                                        new Object[] {new String[0]},
                                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(HISTOGRAM_ROW::matcher)
                .filter(row -> row.matches() && !row.group(2).contains("FillerElement"))
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
    }

    private static Process clients(EchoStage stage, int count) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleClients.class.getName(),
                        String.valueOf(stage.address().getPort()),
                        String.valueOf(count),
                        String.valueOf(stage.listener().tls() == TlsMode.IMPLICIT))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
