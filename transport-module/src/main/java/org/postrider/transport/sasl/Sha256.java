package org.postrider.transport.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The functions of RFC 5802 §2.2 with the hash of RFC 7677 §3, SHA-256.
final class Sha256 {

    /// Of a hash and of a MAC.
    static final int OCTETS = 32;

    private static final String HMAC = "HmacSHA256";

    private Sha256() {}

    /// H(text).
    static byte[] hash(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /// HMAC(key, text), RFC 2104.
    static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /// Hi(text, salt, i), which is PBKDF2 (RFC 8018 §5.2) with this HMAC.
    static byte[] iterated(String text, byte[] salt, int iterations) {
        var input = new PBEKeySpec(text.toCharArray(), salt, iterations, OCTETS * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(input)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        } finally {
            input.clearPassword();
        }
    }

    static byte[] xor(byte[] one, byte[] other) {
        var result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java has SHA-256, HMAC and PBKDF2 with it", e);
    }
}
