package org.postrider.smtp.server;

import org.postrider.smtp.wire.SmtpCommand;
import org.postrider.smtp.wire.SmtpReply;

/// How much of a client's wrongs a connection has borne. A list with dead addresses is no attack,
/// so recipients are counted by themselves; a message that is taken makes up for wrong commands.
final class Patience {

    private final SmtpLimits limits;
    private int faults;
    private int refusedRecipients;
    private int failedLogins;

    Patience(SmtpLimits limits) {
        this.limits = limits;
    }

    boolean isOver() {
        return faults >= limits.faults()
                || refusedRecipients >= limits.refusedRecipients()
                || failedLogins >= limits.failedLogins();
    }

    /// A refusal for now (4xx) is not the client's fault.
    void refused(SmtpCommand command, SmtpReply reply) {
        if (reply.code() < 500) {
            return;
        }
        if (command instanceof SmtpCommand.Rcpt && reply.code() == 550) {
            refusedRecipients++;
        } else {
            faults++;
        }
    }

    void fault() {
        faults++;
    }

    void loginFailed() {
        failedLogins++;
    }

    void messageTaken() {
        faults = 0;
    }
}
