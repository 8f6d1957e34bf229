package org.postrider.app.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postrider.app.config.PemFiles;
import org.postrider.app.config.SettingProblem;
import org.postrider.transport.TlsKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate of the mail listeners, loaded again whenever its files change: who renews it
/// need not restart the server. Files that cannot be used are logged, and the old certificate
/// stays.
public final class Certificate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);

    /// How often the files are looked at.
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PemFiles files;
    private final TlsKeys keys;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("certificate").factory());

    private List<FileTime> seen;

    private Certificate(PemFiles files, TlsKeys keys, List<FileTime> seen) {
        this.files = files;
        this.keys = keys;
        this.seen = seen;
    }

    public static Certificate watch(PemFiles files) {
        try {
            var seen = times(files);
            var certificate =
                    new Certificate(files, TlsKeys.files(files.certificate(), files.key()), seen);
            certificate.start();
            return certificate;
        } catch (IOException e) {
            throw unusable(files, e);
        }
    }

    public TlsKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    private void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::reloadIfChanged,
                        INTERVAL.toMillis(),
                        INTERVAL.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// Loads the files again if they are not those that were seen last.
    void reloadIfChanged() {
        try {
            var now = times(files);
            if (now.equals(seen)) {
                return;
            }
            seen = now;
            keys.reload();
            LOG.info(
                    "new certificate from {}, valid until {}",
                    files.certificate(),
                    keys.certificate().getNotAfter().toInstant());
        } catch (IOException e) {
            LOG.warn("the old certificate stays, {} cannot be used", files.certificate(), e);
        }
    }

    private static List<FileTime> times(PemFiles files) throws IOException {
        return List.of(
                Files.getLastModifiedTime(files.certificate()),
                Files.getLastModifiedTime(files.key()));
    }

    private static SettingProblem unusable(PemFiles files, IOException failure) {
        var key = Files.isReadable(files.certificate()) ? "key" : "certificate";
        var file = key.equals("key") ? files.key() : files.certificate();
        return new SettingProblem(
                "postrider.tls." + key + "=" + file,
                "cannot be used",
                "name a PEM file (for the key PKCS #8, not encrypted) that the user this server runs"
                        + " as can read.",
                failure);
    }
}
