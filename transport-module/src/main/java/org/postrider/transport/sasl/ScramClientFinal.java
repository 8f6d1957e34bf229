package org.postrider.transport.sasl;

import java.util.List;

/// The client's last message (RFC 5802 §7, client-final-message).
///
/// @param binding what it says that the exchange is bound to: its header, and the octets of the
///   connection
/// @param nonce both parts
/// @param proof as long as a hash
/// @param withoutProof the message before its proof
record ScramClientFinal(byte[] binding, String nonce, byte[] proof, String withoutProof) {

    static ScramReading<ScramClientFinal> read(byte[] message) {
        var attributes = ScramAttribute.split(message);
        return attributes.isPresent() && attributes.get().size() > 2
                ? read(attributes.get())
                : unreadable(ScramError.INVALID_ENCODING);
    }

    private static ScramReading<ScramClientFinal> read(List<String> attributes) {
        int last = attributes.size() - 1;
        var binding = ScramAttribute.value('c', attributes.get(0)).flatMap(StrictBase64::decode);
        var nonce = ScramAttribute.value('r', attributes.get(1));
        var proof =
                ScramAttribute.value('p', attributes.get(last))
                        .flatMap(StrictBase64::decode)
                        .filter(octets -> octets.length == Sha256.OCTETS);
        if (binding.isEmpty()
                || nonce.isEmpty()
                || proof.isEmpty()
                || !ScramAttribute.areOptional(attributes.subList(2, last))) {
            return unreadable(ScramError.INVALID_ENCODING);
        }
        return new ScramReading.Read<>(
                new ScramClientFinal(
                        binding.get(),
                        nonce.get(),
                        proof.get(),
                        String.join(",", attributes.subList(0, last))));
    }

    private static ScramReading<ScramClientFinal> unreadable(ScramError why) {
        return new ScramReading.Unreadable<>(why);
    }
}
