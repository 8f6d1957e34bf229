package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.ChannelBinding;
import org.postrider.transport.sasl.SaslExchange.Step;
import org.postrider.transport.testing.ScramClient;

/// Messages of a client that knows the password, each damaged at random: none of them logs in, and
/// none of them breaks anything.
class ScramMutationTest {

    private static final int ROUNDS = 20_000;
    private static final byte[] BOUND = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    private static final List<String> PIECES =
            List.of(
                    ",",
                    "=",
                    "n=",
                    "r=",
                    "c=",
                    "p=",
                    "m=x,",
                    "a=user",
                    "n,,",
                    "y,,",
                    "x=1,",
                    "=2C",
                    "=3D",
                    "==",
                    "\0",
                    "\u00e4",
                    "\ud83d\ude00",
                    "biws",
                    "tls-exporter",
                    "user");

    private final ScramAccounts accounts = new ScramAccounts();
    private final Scram scram = new Scram(accounts, new ScramDecoys(new byte[32]), () -> "servers");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noDamagedMessageLogsIn(boolean binds) throws Exception {
        var client =
                binds
                        ? new ScramClient("p=tls-exporter,,", BOUND, "user", "pencil", "clients")
                        : new ScramClient("n,,", "user", "pencil", "clients");
        var first = octets(client.first());
        var challenge = ((Step.Challenge) exchange(binds).respond(first)).octets();
        var last = octets(client.last(new String(challenge, StandardCharsets.UTF_8)).message());
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            var firstSent = random.nextInt(3) == 0 ? first : damaged(first, last, random);
            var lastSent =
                    random.nextInt(3) == 0 && !Arrays.equals(first, firstSent)
                            ? last
                            : damaged(last, first, random);
            if (Arrays.equals(first, firstSent) && Arrays.equals(last, lastSent)) {
                continue;
            }
            assertFails(exchange(binds), firstSent, lastSent, "seed " + seed + ", round " + i);
        }
        assertThat(accounts.conclusions())
                .as("seed " + seed)
                .isNotEmpty()
                .allMatch(ScramMutationTest::isFailure);
    }

    private static boolean isFailure(String conclusion) {
        return conclusion.endsWith(" false");
    }

    private SaslExchange exchange(boolean binds) {
        Map<ChannelBinding, byte[]> bindings =
                binds ? Map.of(ChannelBinding.TLS_EXPORTER, BOUND) : Map.of();
        return scram.exchange(binds, bindings, accounts::begin);
    }

    private static void assertFails(
            SaslExchange exchange, byte[] first, byte[] last, String which) {
        if (exchange.respond(first) instanceof Step.Challenge(var challenge)) {
            assertThat(challenge).as(which).hasSizeLessThan(2048);
        }
        for (var message : List.of(last, new byte[0], last)) {
            assertThat(exchange.respond(message))
                    .as(which)
                    .isNotInstanceOfAny(Step.Challenge.class, Step.Success.class);
        }
    }

    private static byte[] damaged(byte[] message, byte[] other, Random random) {
        var result = message;
        for (int i = random.nextInt(4); i >= 0; i--) {
            result = damagedOnce(result, other, random);
        }
        return result;
    }

    private static byte[] damagedOnce(byte[] message, byte[] other, Random random) {
        int at = random.nextInt(message.length + 1);
        int to = at + random.nextInt(message.length + 1 - at);
        var before = Arrays.copyOf(message, at);
        var rest = Arrays.copyOfRange(message, at, message.length);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(message, random);
            case 1 -> joined(before, new byte[] {(byte) random.nextInt(256)}, rest);
            case 2 -> joined(before, octets(PIECES.get(random.nextInt(PIECES.size()))), rest);
            case 3 -> joined(before, Arrays.copyOfRange(message, to, message.length));
            case 4 -> before;
            case 5 -> joined(Arrays.copyOf(message, to), rest);
            default -> joined(before, Arrays.copyOf(other, random.nextInt(other.length + 1)));
        };
    }

    private static byte[] flipped(byte[] message, Random random) {
        if (message.length == 0) {
            return message;
        }
        var result = message.clone();
        result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        return result;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
