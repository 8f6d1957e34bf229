package org.postrider.app.admin;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.postrider.app.config.SecretFile;
import org.postrider.app.config.SettingProblem;

/// The secret that administers this server, kept in a file that only its owner reads.
///
/// @param file where it lies, `admin.token` in the data directory
/// @param secret the token
public record AdminToken(Path file, String secret) {

    private static final int OCTETS = 32;

    public AdminToken {
        if (!secret.matches("[!-~]{16,}")) {
            throw new SettingProblem(
                    "the token in " + file,
                    "is not one",
                    "delete the file, and the next start makes a new one.");
        }
    }

    /// The token of a data directory, made when there is none.
    public static AdminToken in(Path dataDirectory, SecureRandom random) {
        var file = dataDirectory.resolve("admin.token");
        return new AdminToken(file, SecretFile.read(file, OCTETS, random));
    }

    /// Whether somebody presented the token; takes equally long wherever the two differ.
    boolean is(String presented) {
        return MessageDigest.isEqual(octets(presented), octets(secret));
    }

    @Override
    public String toString() {
        return "AdminToken[" + file + "]";
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
