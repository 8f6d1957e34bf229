package org.postrider.pop3.server;

import java.io.IOException;
import org.postrider.pop3.session.OpenMaildrop;
import org.postrider.pop3.wire.ListingWriter;
import org.postrider.pop3.wire.MessageNumber;
import org.postrider.pop3.wire.Pop3Command;
import org.postrider.pop3.wire.Pop3Reply;
import org.postrider.pop3.wire.ResponseCode;
import org.postrider.storage.mailbox.Messages;
import org.postrider.transport.Connection;

/// The commands of the TRANSACTION state (RFC 1939 §5).
final class MaildropCommands {

    private final Connection connection;
    private final Messages messages;
    private final ReadAhead ahead;

    MaildropCommands(Connection connection, Messages messages) {
        this.connection = connection;
        this.messages = messages;
        this.ahead = new ReadAhead(messages);
    }

    void answer(Pop3Command.MaildropCommand command, OpenMaildrop maildrop) throws IOException {
        switch (command) {
            case Pop3Command.Stat() -> ok(maildrop.messages() + " " + maildrop.octets());
            case Pop3Command.ListAll() -> list(maildrop);
            case Pop3Command.ListOne(var number) -> {
                if (isListed(number, maildrop)) {
                    ok(number + " " + maildrop.octets(number));
                }
            }
            case Pop3Command.UidlAll() -> uidl(maildrop);
            case Pop3Command.UidlOne(var number) -> {
                if (isListed(number, maildrop)) {
                    ok(number + " " + maildrop.uidl(number));
                }
            }
            case Pop3Command.Retr(var number) -> retrieve(number, maildrop);
            case Pop3Command.Top(var number, var lines) -> top(number, lines, maildrop);
            case Pop3Command.Dele(var number) -> delete(number, maildrop);
            case Pop3Command.Noop() -> ok("nothing done");
            case Pop3Command.Last() -> ok(Integer.toString(maildrop.last()));
            case Pop3Command.Rset() -> {
                maildrop.reset();
                ok(maildrop.summary());
            }
        }
    }

    private void list(OpenMaildrop maildrop) throws IOException {
        ok(maildrop.summary());
        var listing = new ListingWriter(connection::write);
        maildrop.forEach(number -> listing.line(number + " " + maildrop.octets(number)));
        listing.end();
    }

    private void uidl(OpenMaildrop maildrop) throws IOException {
        ok(maildrop.summary());
        var listing = new ListingWriter(connection::write);
        maildrop.forEach(number -> listing.line(number + " " + maildrop.uidl(number)));
        listing.end();
    }

    private void retrieve(MessageNumber number, OpenMaildrop maildrop) throws IOException {
        if (isListed(number, maildrop)) {
            var sent = sender().whole(number, maildrop);
            if (sent == MessageSender.Result.SENT) {
                maildrop.retrieve(number);
            } else {
                gone();
            }
        }
    }

    private void top(MessageNumber number, long lines, OpenMaildrop maildrop) throws IOException {
        if (isListed(number, maildrop)) {
            if (sender().head(number, lines, maildrop) == MessageSender.Result.GONE) {
                gone();
            }
        }
    }

    private MessageSender sender() {
        return new MessageSender(connection, messages, ahead);
    }

    private void delete(MessageNumber number, OpenMaildrop maildrop) throws IOException {
        if (isListed(number, maildrop)) {
            maildrop.delete(number);
            ok("marked for deletion at QUIT");
        }
    }

    /// Whether a command may name the message; when not, the client is told.
    private boolean isListed(MessageNumber number, OpenMaildrop maildrop) throws IOException {
        return switch (maildrop.standing(number)) {
            case LISTED -> true;
            case DELETED -> {
                send(Pop3Reply.err("this message is marked for deletion"));
                yield false;
            }
            case UNKNOWN -> {
                send(Pop3Reply.err("no such message"));
                yield false;
            }
        };
    }

    /// The message was purged although the maildrop is open: by another process that has taken the
    /// database over.
    private void gone() throws IOException {
        send(Pop3Reply.err(ResponseCode.SYS_PERM, "the message is not there any more"));
    }

    private void ok(String text) throws IOException {
        send(Pop3Reply.ok(text));
    }

    private void send(Pop3Reply reply) throws IOException {
        connection.write(reply.line());
    }
}
