package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postrider.transport.sasl.SaslDialogue.Result;

/// Challenges and responses as they stand on the wire, with the mechanisms that there are.
class SaslDialogueTest {

    private static final Identity TIM = new Identity(7, "tim");
    private static final String TIM_BASE64 = "dGlt";
    private static final String SECRET_BASE64 = "c2VjcmV0";

    private final List<String> challenges = new ArrayList<>();

    private static Authenticator.Verdict verify(String name, String password) {
        return switch (name + "/" + password) {
            case "tim/secret" -> new Authenticator.Verdict.Accepted(TIM);
            case "tim/tim" -> new Authenticator.Verdict.Unavailable();
            default -> new Authenticator.Verdict.Rejected();
        };
    }

    /// LOGIN with a client that sends these lines, one after each challenge.
    private Result login(Optional<byte[]> initial, String... lines) throws IOException {
        var answers = List.of(lines).iterator();
        return SaslDialogue.run(
                new Login().exchange(SaslDialogueTest::verify),
                initial,
                challenge -> {
                    challenges.add(challenge);
                    return answers.next().getBytes(StandardCharsets.ISO_8859_1);
                });
    }

    @Test
    void challengesAreAskedInBase64UntilItIsDecided() throws IOException {
        assertThat(login(Optional.empty(), TIM_BASE64, SECRET_BASE64))
                .isEqualTo(new Result.LoggedIn(TIM));
        assertThat(challenges).containsExactly("VXNlcm5hbWU6", "UGFzc3dvcmQ6");
    }

    @Test
    void anInitialResponseSavesAChallenge() throws IOException {
        assertThat(login(SaslDialogue.initialResponse(TIM_BASE64), SECRET_BASE64))
                .isEqualTo(new Result.LoggedIn(TIM));
        assertThat(challenges).containsExactly("UGFzc3dvcmQ6");
    }

    @Test
    void aVerdictEndsIt() throws IOException {
        assertThat(login(Optional.empty(), SECRET_BASE64, TIM_BASE64))
                .isEqualTo(new Result.Rejected());
        assertThat(login(Optional.empty(), TIM_BASE64, TIM_BASE64))
                .isEqualTo(new Result.Unavailable());
    }

    @Test
    void aLoneStarGivesUpAtAnyChallenge() throws IOException {
        assertThat(login(Optional.empty(), "*")).isEqualTo(new Result.Cancelled());
        assertThat(login(Optional.empty(), TIM_BASE64, "*")).isEqualTo(new Result.Cancelled());
    }

    @Test
    void whatIsNoBase64EndsIt() throws IOException {
        for (var line : List.of("d", "d Glt", "**", "=", "d*lt", "\u00e4\u00e4\u00e4\u00e4")) {
            assertThat(login(Optional.empty(), line)).as(line).isEqualTo(new Result.NotBase64());
        }
    }

    /// `*`, what is no base64, anything: it is decided.
    @Test
    void nothingIsAnsweredToALastWordThatMatters() throws IOException {
        for (var line : List.of("", "*", "d", TIM_BASE64)) {
            var last =
                    new SaslExchange() {
                        @Override
                        public Step begin() {
                            return new Step.LastWord(new byte[] {'e'}, new Step.Rejected());
                        }

                        @Override
                        public Step respond(byte[] response) {
                            throw new IllegalStateException("it has ended");
                        }
                    };
            challenges.clear();
            var result =
                    SaslDialogue.run(
                            last,
                            Optional.empty(),
                            challenge -> {
                                challenges.add(challenge);
                                return line.getBytes(StandardCharsets.ISO_8859_1);
                            });
            assertThat(result).isEqualTo(new Result.Rejected());
            assertThat(challenges).containsExactly("ZQ==");
        }
    }

    @Test
    void anEmptyResponseIsForTheMechanismToJudge() throws IOException {
        assertThat(login(Optional.empty(), "")).isEqualTo(new Result.Malformed());
        assertThat(login(SaslDialogue.initialResponse("="))).isEqualTo(new Result.Malformed());
    }

    @Test
    void anInitialResponseIsReadBeforeTheExchange() {
        assertThat(SaslDialogue.initialResponse("="))
                .hasValueSatisfying(e -> assertThat(e).isEmpty());
        assertThat(SaslDialogue.initialResponse(TIM_BASE64))
                .hasValueSatisfying(octets -> assertThat(octets).asString().isEqualTo("tim"));
        assertThat(SaslDialogue.initialResponse("*")).isEmpty();
    }
}
