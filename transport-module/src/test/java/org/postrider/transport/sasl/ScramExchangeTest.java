package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.ChannelBinding;
import org.postrider.transport.sasl.SaslExchange.Step;
import org.postrider.transport.testing.ScramClient;

/// SCRAM between a client's messages and the accounts, without a connection.
class ScramExchangeTest {

    private static final Map<ChannelBinding, byte[]> NONE = Map.of();
    private static final byte[] EXPORTED = {1, 2, 3};
    private static final byte[] CERTIFICATE = {4, 5, 6};
    private static final Map<ChannelBinding, byte[]> BOTH =
            Map.of(
                    ChannelBinding.TLS_EXPORTER, EXPORTED,
                    ChannelBinding.TLS_SERVER_END_POINT, CERTIFICATE);

    private final ScramAccounts accounts = new ScramAccounts();
    private String serverNonce = "servers";

    private SaslExchange exchange(boolean binds, Map<ChannelBinding, byte[]> bindings) {
        return new Scram(accounts, new ScramDecoys(new byte[32]), () -> serverNonce)
                .exchange(binds, bindings, accounts::begin);
    }

    private SaslExchange exchange() {
        return exchange(false, NONE);
    }

    private static Step respond(SaslExchange exchange, String message) {
        return exchange.respond(message.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge(Step step) {
        assertThat(step).isInstanceOf(Step.Challenge.class);
        return new String(((Step.Challenge) step).octets(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(Step step, String error, Step end) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.LastWord.class,
                        word -> {
                            assertThat(new String(word.octets(), StandardCharsets.UTF_8))
                                    .isEqualTo("e=" + error);
                            assertThat(word.end()).isEqualTo(end);
                        });
    }

    private static void assertMalformed(Step step) {
        assertRefused(step, "invalid-encoding", new Step.Malformed());
    }

    private static void assertRefused(Step step, String error) {
        assertRefused(step, error, new Step.Rejected());
    }

    private static ScramClient user(String password) {
        return new ScramClient("n,,", "user", password, "clients");
    }

    /// As far as the client's last message.
    private static Step prove(SaslExchange exchange, ScramClient client) throws Exception {
        var challenge = challenge(respond(exchange, client.first()));
        return respond(exchange, client.last(challenge).message());
    }

    private static void assertLogsIn(SaslExchange exchange, ScramClient client, String name)
            throws Exception {
        var last = client.last(challenge(respond(exchange, client.first())));
        assertThat(challenge(respond(exchange, last.message()))).isEqualTo(last.signature());
        assertThat(respond(exchange, "")).isEqualTo(new Step.Success(ScramAccounts.identity(name)));
    }

    @Test
    void itIsTheExampleOfItsStandard() {
        var salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        accounts.put("user", ScramKeys.of("pencil", salt, 4096).orElseThrow());
        serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        var exchange = exchange();
        assertThat(challenge(respond(exchange, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")))
                .isEqualTo(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(
                        challenge(
                                respond(
                                        exchange,
                                        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)"
                                                + "hNlF$k0,"
                                                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")))
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        assertThat(respond(exchange, ""))
                .isEqualTo(new Step.Success(ScramAccounts.identity("user")));
        assertThat(accounts.conclusions()).containsExactly("user true");
    }

    /// RFC 5802 §5 has SCRAM-SHA-1: its first messages are ours too, its proof is too short.
    @Test
    void theExampleOfTheOlderMechanismEndsAtItsProof() throws Exception {
        var salt = Base64.getDecoder().decode("QSXCR+Q6sek8bf92");
        accounts.put("user", ScramKeys.of("pencil", salt, 4096).orElseThrow());
        serverNonce = "3rfcNHYJY1ZVvWVs7j";
        var client = new ScramClient("n,,", "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");
        var challenge = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";
        assertThat(client.first()).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        var older = exchange();
        assertThat(challenge(respond(older, client.first()))).isEqualTo(challenge);
        assertMalformed(
                respond(
                        older,
                        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                                + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="));
        assertThat(accounts.conclusions()).isEmpty();
        assertLogsIn(exchange(), client, "user");
    }

    @Test
    void theServerAsksForTheFirstMessageOfAClientThatSentNone() {
        assertThat(challenge(exchange().begin())).isEmpty();
    }

    @Test
    void aNameIsPreparedAndUnescaped() throws Exception {
        accounts.add("a,b=c", "pencil");
        accounts.add("ix", "pencil");
        assertLogsIn(exchange(), new ScramClient("n,,", "a=2Cb=3Dc", "pencil", "c"), "a,b=c");
        assertLogsIn(
                exchange(), new ScramClient("n,a=a=2Cb=3Dc,", "a=2Cb=3Dc", "pencil", "c"), "a,b=c");
        assertLogsIn(exchange(), new ScramClient("n,,", "\u2168", "pencil", "c"), "ix");
    }

    @Test
    void anExtensionThatMayBeLeftUnreadIsCoveredByTheProof() throws Exception {
        var client = new ScramClient("n,,", "user", "pencil", "clients,x=1,Y==");
        var exchange = exchange();
        var challenge = challenge(respond(exchange, client.first()));
        assertThat(challenge).startsWith("r=clientsservers,");
        var last = client.last(challenge);
        assertThat(challenge(respond(exchange, last.message()))).isEqualTo(last.signature());
    }

    @Test
    void nobodyActsAsAnother() throws Exception {
        assertLogsIn(exchange(), new ScramClient("n,a=user,", "user", "pencil", "c"), "user");
        for (var other : List.of("root", "User", "user=2C")) {
            assertRefused(respond(exchange(), "n,a=" + other + ",n=user,r=clients"), "other-error");
        }
        assertThat(accounts.conclusions()).containsExactly("user true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "n",
                "n,",
                "n,,",
                "n,,,",
                "user",
                "n,,n=user",
                "n,,n=user,",
                "n,,n=user,r=",
                "n,,n=user,r=clients,",
                "n,,r=clients,n=user",
                "n,,r=clients",
                "n,,n=user,n=user,r=clients",
                "n,,n=user,r=clients,r=clients",
                "n,,n=user,r=clients,n=user",
                "n,,n=user,r=clients,m=x",
                "n,,n=user,r=clients,x",
                "n,,n=user,r=clients,x=",
                "n,,n=user,r=clients,1=x",
                "n,,n=user,r=clients,\u00e4=x",
                "n,,n=user,x=1,r=clients",
                "n,,x=1,n=user,r=clients",
                "n,,n=user,r=cli ents",
                "n,,n=user,r=cli\u0007ents",
                "n,,n=user,r=cli\u007fents",
                "n,,n=user,r=cli\u00e4nts",
                "n,,N=user,r=clients",
                "n,,n=user,R=clients",
                "n,,n:user,r=clients",
                "n,user,n=user,r=clients",
                "n,a=,n=user,r=clients",
                "n,a==,n=user,r=clients",
                "n,n=user,r=clients",
                "n,a=user,n=user",
                "n,,n=user\0,r=clients",
                "N,,n=user,r=clients",
                "x,,n=user,r=clients",
                ",,n=user,r=clients",
                " n,,n=user,r=clients",
                "n=,,n=user,r=clients",
                "y=x,,n=user,r=clients",
                "p,,n=user,r=clients",
                "p=,,n=user,r=clients",
                "p=tls_unique,,n=user,r=clients",
                "p=tls exporter,,n=user,r=clients",
            })
    void aFirstMessageIsNotOneOf(String message) {
        assertMalformed(respond(exchange(), message));
        assertThat(accounts.conclusions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "=", "a=b", "=2c", "=3d", "=2", "==2C3D", "=2C=", "a=3Db=", "\u00ad", "a\u0007",
                "\u0627x", "\ufffe"
            })
    void aNameIsNotOneOf(String name) {
        assertRefused(
                respond(exchange(), "n,,n=" + name + ",r=clients"),
                "invalid-username-encoding",
                new Step.Malformed());
    }

    @Test
    void messagesAreUtf8OfSomeLength() {
        assertMalformed(exchange().respond(new byte[] {'n', ',', ',', 'n', '=', (byte) 0xff}));
        var name = "n".repeat(1024);
        var nonce = "r".repeat(512);
        assertThat(challenge(respond(exchange(), "n,,n=" + name + ",r=" + nonce)))
                .startsWith("r=" + nonce + "servers,s=");
        var commas = "=2C".repeat(1024);
        var longest = "n,a=" + commas + ",n=" + commas + ",r=" + nonce;
        assertThat(challenge(respond(exchange(), longest))).startsWith("r=");
        assertMalformed(respond(exchange(), longest + ",x=" + "x".repeat(8192 - 6667)));
        assertMalformed(respond(exchange(), "n,,n=n,r=r" + nonce));
        assertRefused(
                respond(exchange(), "n,,n=n" + name + ",r=r"),
                "invalid-username-encoding",
                new Step.Malformed());
        assertMalformed(respond(exchange(), "n,,n=n,r=r,x=" + "x".repeat(9000)));
    }

    @Test
    void anExtensionThatMustBeUnderstoodIsNot() {
        for (var message : List.of("n,,m=x,n=user,r=clients", "n,,m=", "n,,m=x")) {
            assertRefused(respond(exchange(), message), "extensions-not-supported");
        }
    }

    /// `C`, `R`, `P` stand for the right values.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ",,",
                "c=C",
                "c=C,r=R",
                "c=C,r=R,",
                "c=C,r=R,p=",
                "c=C,p=P",
                "r=R,p=P",
                "c=,r=R,p=P",
                "c=C,r=,p=P",
                "r=R,c=C,p=P",
                "c=C,p=P,r=R",
                "p=P,c=C,r=R",
                "c=C,r=R,p=P,",
                "c=C,r=R,p=P,x=1",
                "c=C,r=R,p=P,p=P",
                "c=C,r=R,r=R,p=P",
                "c=C,c=C,r=R,p=P",
                "m=x,c=C,r=R,p=P",
                "c=C,r=R,m=x,p=P",
                "c=C,x=1,r=R,p=P",
                "c=C,r=R,x=,p=P",
                "c=C,r=R,x,p=P",
                "c=C,r=R,,p=P",
                "C=C,r=R,p=P",
                "c=C,R=R,p=P",
                "c=C,r=R,P=P",
                "c=b,r=R,p=P",
                "c=bi*s,r=R,p=P",
                "c=biwsYQ,r=R,p=P",
                "c=biwsYR==,r=R,p=P",
                "c=C,r=R,p=P=",
                "c=C,r=R,p=AAAA",
                "c=C,r=R,p=P AAAA",
                "c=C,r=R,p=P\n",
                "c=C,r=R,p=*",
                "c=C\0,r=R,p=P",
            })
    void aLastMessageIsNotOneOf(String message) throws Exception {
        var exchange = exchange();
        var challenge = challenge(respond(exchange, user("pencil").first()));
        var last = user("pencil").last(challenge).message();
        var proof = last.substring(last.lastIndexOf(",p=") + 3);
        var wrong =
                message.replace("=C", "=biws")
                        .replace("=R", "=clientsservers")
                        .replace("=P", "=" + proof);
        assertThat(wrong).isNotEqualTo(last);
        assertMalformed(respond(exchange, wrong));
        assertThat(respond(exchange, last)).isEqualTo(new Step.Malformed());
        assertThat(accounts.conclusions()).isEmpty();
    }

    @Test
    void theLastMessageRepeatsTheWholeNonce() throws Exception {
        for (var nonce :
                List.of("clients", "clientsserver", "clientsserversx", "serversclients", "x")) {
            var exchange = exchange();
            var challenge = challenge(respond(exchange, user("pencil").first()));
            var last = user("pencil").last(challenge).message();
            assertRefused(
                    respond(exchange, last.replace("r=clientsservers", "r=" + nonce)),
                    "other-error");
        }
        assertThat(accounts.conclusions()).isEmpty();
    }

    @Test
    void whatWasOverheardIsWorthNothing() throws Exception {
        var first = exchange();
        var challenge = challenge(respond(first, user("pencil").first()));
        var last = user("pencil").last(challenge).message();
        assertThat(challenge(respond(first, last))).startsWith("v=");
        serverNonce = "another";
        var second = exchange();
        assertThat(challenge(respond(second, user("pencil").first())))
                .startsWith("r=clientsanother,");
        assertRefused(respond(second, last), "other-error");
        var third = exchange();
        respond(third, user("pencil").first());
        assertRefused(
                respond(third, last.replace("clientsservers", "clientsanother")), "invalid-proof");
        assertThat(accounts.conclusions()).containsExactly("user true", "user false");
    }

    @Test
    void aResponseIsTakenOnce() throws Exception {
        var exchange = exchange();
        var last = user("pencil").last(challenge(respond(exchange, user("pencil").first())));
        assertThat(challenge(respond(exchange, last.message()))).startsWith("v=");
        assertThat(respond(exchange, last.message())).isEqualTo(new Step.Malformed());
        assertThat(respond(exchange, "")).isEqualTo(new Step.Malformed());
        assertThat(accounts.conclusions()).containsExactly("user true");
    }

    @Test
    void aWrongProofIsCountedAndToldAsAnUnknownNameIs() throws Exception {
        assertRefused(prove(exchange(), user("pencils")), "invalid-proof");
        assertRefused(
                prove(exchange(), new ScramClient("n,,", "nobody", "pencil", "clients")),
                "invalid-proof");
        assertThat(accounts.conclusions()).containsExactly("user false", "nobody false");
    }

    @Test
    void anUnknownNameHasASaltThatStandsStill() {
        assertThat(challenge("nobody"))
                .isEqualTo(challenge("nobody"))
                .isEqualTo(challenge("NoBody"));
        assertThat(challenge("nobody")).isNotEqualTo(challenge("somebody"));
        assertThat(challenge("nobody"))
                .hasSameSizeAs(challenge("user"))
                .endsWith(challenge("user").replaceAll(".*,i=", ",i="));
        assertThat(challenge("user")).isEqualTo(challenge("USER"));
    }

    private String challenge(String name) {
        return challenge(respond(exchange(), "n,,n=" + name + ",r=clients"));
    }

    @Test
    void whatCannotBeDecidedIsNot() throws Exception {
        assertThat(respond(exchange(), "n,,n=later,r=clients")).isEqualTo(new Step.Unavailable());
        accounts.lock();
        assertThat(prove(exchange(), user("pencil"))).isEqualTo(new Step.Unavailable());
        assertThat(prove(exchange(), user("wrong"))).isEqualTo(new Step.Unavailable());
    }

    @Test
    void anAccountIsNeverAcceptedWithoutProof() {
        var exchange =
                new Scram(accounts, new ScramDecoys(new byte[32]), () -> serverNonce)
                        .exchange(false, NONE, name -> accounts.begin(name).map(Credulous::new));
        assertThatThrownBy(() -> prove(exchange, user("wrong")))
                .isInstanceOf(IllegalStateException.class);
    }

    private record Credulous(ScramDirectory.Attempt attempt) implements ScramDirectory.Attempt {
        @Override
        public String canonicalName() {
            return attempt.canonicalName();
        }

        @Override
        public Optional<ScramKeys> keys() {
            return attempt.keys();
        }

        @Override
        public Authenticator.Verdict conclude(boolean proven) {
            return new Authenticator.Verdict.Accepted(ScramAccounts.identity("user"));
        }
    }

    @Test
    void aLoginIsBoundToItsConnection() throws Exception {
        assertLogsIn(
                exchange(true, BOTH),
                new ScramClient("p=tls-exporter,,", EXPORTED, "user", "pencil", "c"),
                "user");
        assertLogsIn(
                exchange(true, BOTH),
                new ScramClient("p=tls-server-end-point,,", CERTIFICATE, "user", "pencil", "c"),
                "user");
    }

    @ParameterizedTest
    @CsvSource({
        "'p=tls-exporter,,', 4",
        "'p=tls-exporter,,', ",
        "'p=tls-server-end-point,,', 1",
        "'p=tls-server-end-point,,', 99",
    })
    void aLoginThatIsBoundToAnotherConnectionFails(String header, Byte first) throws Exception {
        var bound = first == null ? new byte[0] : new byte[] {first, 2, 3};
        assertRefused(
                prove(
                        exchange(true, BOTH),
                        new ScramClient(header, bound, "user", "pencil", "clients")),
                "channel-bindings-dont-match");
        assertThat(accounts.conclusions()).isEmpty();
    }

    /// Somebody between the ends changed what the client said at first.
    @Test
    void theHeaderIsTheSameInBothMessages() throws Exception {
        for (var header : List.of("y,,", "n,a=user,", "p=tls-exporter,,")) {
            var exchange = exchange();
            var challenge = challenge(respond(exchange, user("pencil").first()));
            var client = new ScramClient(header, "user", "pencil", "clients");
            assertRefused(
                    respond(exchange, client.last(challenge).message()),
                    "channel-bindings-dont-match");
        }
    }

    @Test
    void aClientThatWasNotShownWhatWeOfferIsTold() throws Exception {
        for (boolean binds : List.of(true, false)) {
            assertRefused(
                    respond(exchange(binds, BOTH), "y,,n=user,r=clients"),
                    "server-does-support-channel-binding");
        }
        assertLogsIn(exchange(), new ScramClient("y,,", "user", "pencil", "clients"), "user");
        assertLogsIn(exchange(false, BOTH), user("pencil"), "user");
    }

    @Test
    void aClientBindsUnderTheNameOfTheMechanismThatDoes() {
        assertRefused(
                respond(exchange(false, BOTH), "p=tls-exporter,,n=user,r=clients"),
                "channel-binding-not-supported");
        assertRefused(
                respond(exchange(), "p=tls-exporter,,n=user,r=clients"),
                "channel-binding-not-supported");
        assertMalformed(respond(exchange(true, BOTH), "n,,n=user,r=clients"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-unique", "tls-server-end-point", "TLS-EXPORTER", "x"})
    void aClientBindsToWhatThereIs(String type) {
        var bindings = Map.of(ChannelBinding.TLS_EXPORTER, EXPORTED);
        assertRefused(
                respond(exchange(true, bindings), "p=" + type + ",,n=user,r=clients"),
                "unsupported-channel-binding-type");
    }
}
