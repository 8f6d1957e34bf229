package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 of a body's octets as they are served.
public final class BodyDigest {

    private BodyDigest() {}

    /// Opens octets.
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Whether the octets can be read and are those of the digest.
    public static boolean matches(Opening opening, byte[] digest) throws IOException {
        var found = begin();
        try (var octets = opening.open();
                var counted = new DigestOutputStream(OutputStream.nullOutputStream(), found)) {
            octets.transferTo(counted);
        } catch (DamagedBody e) {
            return false;
        }
        return MessageDigest.isEqual(found.digest(), digest);
    }
}
