package org.postrider.smtp.receive;

import java.util.List;

/// What a connection can do at this moment, which EHLO announces.
///
/// @param encrypted TLS is active
/// @param startTls STARTTLS can be answered
/// @param mechanisms for AUTH, in order of preference; empty when nobody can log in now
/// @param loginNeedsTls whether there could be mechanisms under TLS
public record Offer(
        boolean encrypted, boolean startTls, List<String> mechanisms, boolean loginNeedsTls) {

    public Offer {
        mechanisms = List.copyOf(mechanisms);
    }
}
