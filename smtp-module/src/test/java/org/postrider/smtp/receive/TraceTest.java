package org.postrider.smtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postrider.smtp.wire.ClientName;
import org.postrider.smtp.wire.ForwardPath;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.address.ReversePath;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory.Destination;
import org.postrider.transport.TlsInfo;

final class TraceTest {

    private static final Account ALICE = new Account(new AccountId(1), address("alice@ex.test"));
    private static final Account BOB = new Account(new AccountId(2), address("bob@ex.test"));

    @Test
    void oneRecipientIsNamedInTheForClause() throws Exception {
        var sender = new ReversePath.Mailbox(address("carol@elsewhere.test"));
        var transaction = new Transaction(sender, 0);
        transaction.add(new ForwardPath.Mailbox(address("Alice@ex.test")), to(ALICE));
        assertThat(fields(trace("client.test", true, null, false), transaction, ALICE))
                .isEqualTo(
                        """
                        Return-Path: <carol@elsewhere.test>
                        Delivered-To: alice@ex.test
                        Received: from client.test ([192.0.2.7]) by mx.ex.test (Postrider) with ESMTP
                         id ID7 for <Alice@ex.test>; Sun, 1 Mar 2026 04:05:06 +0000
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void severalRecipientsAreNotToldOfEachOther() throws Exception {
        var transaction = new Transaction(new ReversePath.Null(), 0);
        transaction.add(new ForwardPath.Mailbox(ALICE.address()), to(ALICE));
        transaction.add(new ForwardPath.Mailbox(BOB.address()), to(BOB));
        var fields = fields(trace("client.test", true, null, false), transaction, BOB);
        assertThat(fields).startsWith("Return-Path: <>\r\nDelivered-To: bob@ex.test\r\n");
        assertThat(fields).doesNotContain("alice", " for ");
    }

    @Test
    void theProtocolSaysWhetherTlsAndALoginWereThere() throws Exception {
        var tls = new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384");
        assertThat(received(trace("c.test", false, null, false))).contains(" with SMTP ");
        assertThat(received(trace("c.test", true, null, true))).contains(" with ESMTPA ");
        assertThat(received(trace("c.test", true, tls, false)))
                .contains(" with ESMTPS (TLSv1.3 TLS_AES_256_GCM_SHA384) ");
        assertThat(received(trace("c.test", true, tls, true))).contains(" with ESMTPSA ");
    }

    @Test
    void aNameThatWouldBreakTheFieldIsNotRepeated() throws Exception {
        assertThat(received(trace("a(b)\u00e4", true, null, false)))
                .startsWith("Received: from [192.0.2.7] ([192.0.2.7]) by");
    }

    @Test
    void longWordsStandOnLinesOfTheirOwn() throws Exception {
        var name = "a".repeat(60) + "." + "b".repeat(60) + ".test";
        var text = fields(trace(name, true, null, true), transaction(), ALICE);
        assertThat(text.lines()).allMatch(line -> line.length() <= 78 || line.contains("aaaa"));
        assertThat(text).contains("\r\n from " + name + "\r\n");
    }

    @Test
    void anIpv6AddressHasItsTag() throws Exception {
        var trace =
                new Trace(
                        new Hello(new ClientName("c.test"), true),
                        InetAddress.getByName("2001:db8::1"),
                        new DomainName("mx.ex.test"),
                        null,
                        false,
                        "ID7",
                        Instant.EPOCH);
        assertThat(received(trace)).contains("([IPv6:2001:db8:0:0:0:0:0:1])");
    }

    private static Trace trace(
            String client, boolean extended, @Nullable TlsInfo tls, boolean loggedIn)
            throws UnknownHostException {
        return new Trace(
                new Hello(new ClientName(client), extended),
                InetAddress.getByName("192.0.2.7"),
                new DomainName("mx.ex.test"),
                tls,
                loggedIn,
                "ID7",
                Instant.parse("2026-03-01T04:05:06Z"));
    }

    private static String received(Trace trace) {
        var fields = fields(trace, transaction(), ALICE);
        return fields.substring(fields.indexOf("Received:")).replace("\r\n", "") + " ";
    }

    private static Transaction transaction() {
        var transaction = new Transaction(new ReversePath.Null(), 0);
        transaction.add(new ForwardPath.Mailbox(ALICE.address()), to(ALICE));
        return transaction;
    }

    private static String fields(Trace trace, Transaction transaction, Account account) {
        return new String(trace.fields(transaction, account), StandardCharsets.UTF_8);
    }

    private static MailAddress address(String text) {
        return MailAddress.parse(text).orElseThrow();
    }

    private static List<Destination.Here> to(Account account) {
        return List.of(new Destination.Here(account, Optional.empty()));
    }
}
