package org.postrider.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Private keys as PEM text: PKCS #8, not encrypted (RFC 7468 §10).
final class PrivateKeys {

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END [A-Z ]*PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeys() {}

    static PrivateKey read(InputStream in) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IllegalArgumentException("there is no private key");
        }
        if (!pem.group(1).isEmpty()) {
            throw new IllegalArgumentException(
                    "the key is a "
                            + pem.group(1)
                            + "PRIVATE KEY; convert it: openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // it is of another algorithm: only the factories can tell
            }
        }
        throw new IllegalArgumentException("the key is of none of " + ALGORITHMS);
    }
}
