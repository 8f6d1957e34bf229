package org.postrider.smtp.receive;

/// How a message came, as the WITH clause of its Received field says (RFC 3848 §1, RFC 5321 §4.4).
public enum TransmissionType {
    SMTP,
    ESMTP,
    ESMTPA,
    ESMTPS,
    ESMTPSA;

    static TransmissionType of(Hello hello, boolean encrypted, boolean loggedIn) {
        if (!hello.extended()) {
            return SMTP;
        }
        if (encrypted) {
            return loggedIn ? ESMTPSA : ESMTPS;
        }
        return loggedIn ? ESMTPA : ESMTP;
    }
}
