package org.postrider.transport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The client's side of SCRAM-SHA-256, written from RFC 5802 §3 with nothing of the server's.
///
/// @param header the GS2 header
/// @param bound the octets of the channel binding
/// @param nonce the client's part, and extensions behind it
public record ScramClient(String header, byte[] bound, String name, String password, String nonce) {

    public ScramClient(String header, String name, String password, String nonce) {
        this(header, new byte[0], name, password, nonce);
    }

    private String bare() {
        return "n=" + name + ",r=" + nonce;
    }

    public String first() {
        return header + bare();
    }

    /// The last message and what the server has to sign.
    public record Final(String message, String signature) {}

    public Final last(String challenge) throws Exception {
        var parts = challenge.split(",", -1);
        assertThat(parts).hasSize(3);
        var sent = "r=" + nonce.split(",", -1)[0];
        assertThat(parts[0]).startsWith(sent).hasSizeGreaterThan(sent.length());
        var salt = Base64.getDecoder().decode(parts[1].substring("s=".length()));
        int iterations = Integer.parseInt(parts[2].substring("i=".length()));
        var input = new ByteArrayOutputStream();
        input.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        input.writeBytes(bound);
        var withoutProof = "c=" + base64(input.toByteArray()) + "," + parts[0];
        var authMessage = bare() + "," + challenge + "," + withoutProof;
        var salted = salted(salt, iterations);
        var clientKey = hmac(salted, "Client Key");
        var storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
        var proof = xor(clientKey, hmac(storedKey, authMessage));
        var serverKey = hmac(salted, "Server Key");
        return new Final(
                withoutProof + ",p=" + base64(proof), "v=" + base64(hmac(serverKey, authMessage)));
    }

    /// Hi(password, salt, i) as RFC 5802 §2.2 spells it out.
    private byte[] salted(byte[] salt, int iterations) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(salt);
        var u = mac.doFinal(new byte[] {0, 0, 0, 1});
        var sum = u;
        for (int i = 1; i < iterations; i++) {
            u = mac.doFinal(u);
            sum = xor(sum, u);
        }
        return sum;
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] xor(byte[] one, byte[] other) {
        var result = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            result[i] = (byte) (one[i] ^ other[i]);
        }
        return result;
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
