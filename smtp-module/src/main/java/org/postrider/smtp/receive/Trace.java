package org.postrider.smtp.receive;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.directory.Account;
import org.postrider.transport.TlsInfo;

/// Where a message came from, and the trace fields that say so in front of each recipient's copy
/// (RFC 5321 §4.4).
///
/// @param hello how the client called itself
/// @param client the address it came from
/// @param server how this server calls itself
/// @param tls what protected the connection, null when nothing did
/// @param loggedIn whether the client had logged in
/// @param id the name of the message in replies and logs
/// @param received when it was accepted
public record Trace(
        Hello hello,
        InetAddress client,
        DomainName server,
        @Nullable TlsInfo tls,
        boolean loggedIn,
        String id,
        Instant received) {

    /// The fields for one copy: Return-Path with the sender, Delivered-To with the account,
    /// Received (RFC 9228 §4).
    public byte[] fields(Transaction transaction, Account account) {
        var fields =
                new FoldedField("Return-Path").add(transaction.sender().toString()).toString()
                        + new FoldedField("Delivered-To").add(account.address().toString())
                        + received(transaction);
        return fields.getBytes(StandardCharsets.UTF_8);
    }

    /// The FOR clause names a recipient only where there is one, because it would tell each of the
    /// others (RFC 5321 §7.6).
    private String received(Transaction transaction) {
        var literal = literal(client);
        var name = hello.client();
        var field =
                new FoldedField("Received")
                        .add("from " + (name.isTraceable() ? name.value() : literal))
                        .add("(" + literal + ")")
                        .add("by " + server)
                        .add("(Postrider)")
                        .add("with " + TransmissionType.of(hello, tls != null, loggedIn));
        if (tls != null) {
            field.add("(" + tls.protocol() + " " + tls.cipherSuite() + ")");
        }
        var paths = transaction.paths();
        if (paths.size() == 1) {
            field.add("id " + id).add("for " + paths.getFirst() + ";");
        } else {
            field.add("id " + id + ";");
        }
        return field.add(MessageDate.of(received)).toString();
    }

    /// RFC 5321 §4.1.3.
    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = text.indexOf('%');
            var plain = zone < 0 ? text : text.substring(0, zone);
            return "[IPv6:" + plain.toLowerCase(Locale.ROOT) + "]";
        }
        return "[" + text + "]";
    }
}
