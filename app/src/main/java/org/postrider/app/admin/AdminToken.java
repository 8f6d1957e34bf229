package org.postrider.app.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
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
        try {
            if (!Files.exists(file)) {
                write(file, random);
            }
            return new AdminToken(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new SettingProblem(
                    file.toString(),
                    "cannot be read",
                    "let the user this server runs as own the file, or delete it.",
                    e);
        }
    }

    /// Whether somebody presented the token; takes equally long wherever the two differ.
    boolean is(String presented) {
        return MessageDigest.isEqual(octets(presented), octets(secret));
    }

    @Override
    public String toString() {
        return "AdminToken[" + file + "]";
    }

    private static void write(Path file, SecureRandom random) throws IOException {
        var octets = new byte[OCTETS];
        random.nextBytes(octets);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly)) {
            channel.write(ByteBuffer.wrap(octets(secret + "\n")));
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
