package org.postrider.smtp.wire;

/// What MAIL says of the message to come.
///
/// @param octets its announced size (RFC 1870 §3), 0 when it was not announced
/// @param body its encoding
public record MailParameters(long octets, Body body) {

    public static final MailParameters NONE = new MailParameters(0, Body.SEVEN_BIT);

    public MailParameters {
        if (octets < 0) {
            throw new IllegalArgumentException("a message has no " + octets + " octets");
        }
    }

    /// BODY= (RFC 6152 §2). The store keeps octets as they come, so nothing depends on it.
    public enum Body {
        SEVEN_BIT,
        EIGHT_BIT_MIME
    }
}
