package org.postrider.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// A secret of this server's own in a file that only its owner reads, made when there is none.
public final class SecretFile {

    private SecretFile() {}

    /// @param octets of a new secret; it is kept as base64 for URLs
    /// @return the text in the file
    /// @throws SettingProblem when the file cannot be read or made
    public static String read(Path file, int octets, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                write(file, octets, random);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingProblem(
                    file.toString(),
                    "cannot be read",
                    "let the user this server runs as own the file, or delete it.",
                    e);
        }
    }

    private static void write(Path file, int count, SecureRandom random) throws IOException {
        var octets = new byte[count];
        random.nextBytes(octets);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        OwnerOnlyFile.write(file, secret + "\n");
    }
}
