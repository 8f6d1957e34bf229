package org.postrider.pop3.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

    private static final MessageNumber SEVEN = new MessageNumber(7);

    @Test
    void keywordsAreReadInAnyCase() {
        assertThat(command("STAT")).isEqualTo(new Pop3Command.Stat());
        assertThat(command("stat")).isEqualTo(new Pop3Command.Stat());
        assertThat(command("rEtR 7")).isEqualTo(new Pop3Command.Retr(SEVEN));
    }

    @Test
    void aLetterThatOnlyLooksLikeAKeywordIsNone() {
        assertThat(why("L\u0131ST")).isEqualTo("unknown command");
        assertThat(why("\uff33TAT")).isEqualTo("unknown command");
    }

    @Test
    void everyCommandIsRead() {
        assertThat(command("USER alice@example.test"))
                .isEqualTo(new Pop3Command.User("alice@example.test"));
        assertThat(command("LIST")).isEqualTo(new Pop3Command.ListAll());
        assertThat(command("LIST 7")).isEqualTo(new Pop3Command.ListOne(SEVEN));
        assertThat(command("UIDL")).isEqualTo(new Pop3Command.UidlAll());
        assertThat(command("UIDL 7")).isEqualTo(new Pop3Command.UidlOne(SEVEN));
        assertThat(command("TOP 7 0")).isEqualTo(new Pop3Command.Top(SEVEN, 0));
        assertThat(command("DELE 7")).isEqualTo(new Pop3Command.Dele(SEVEN));
        assertThat(command("NOOP")).isEqualTo(new Pop3Command.Noop());
        assertThat(command("LAST")).isEqualTo(new Pop3Command.Last());
        assertThat(command("RSET")).isEqualTo(new Pop3Command.Rset());
        assertThat(command("QUIT")).isEqualTo(new Pop3Command.Quit());
        assertThat(command("CAPA")).isEqualTo(new Pop3Command.Capa());
        assertThat(command("STLS")).isEqualTo(new Pop3Command.Stls());
        assertThat(command("AUTH")).isEqualTo(new Pop3Command.AuthMechanisms());
    }

    @Test
    void spacesAtTheEndAreTakenAsClientsSendThem() {
        assertThat(command("STAT ")).isEqualTo(new Pop3Command.Stat());
        assertThat(command("LIST  ")).isEqualTo(new Pop3Command.ListAll());
        assertThat(command("RETR  7 ")).isEqualTo(new Pop3Command.Retr(SEVEN));
        assertThat(command("USER alice ")).isEqualTo(new Pop3Command.User("alice"));
    }

    @Test
    void everySpaceAfterTheFirstBelongsToThePassword() {
        assertThat(command("PASS  a b ")).isEqualTo(new Pop3Command.Pass(" a b "));
        assertThat(command("PASS ")).isEqualTo(new Pop3Command.Pass(""));
        assertThat(command("PASS gr\u00fc\u00dfe"))
                .isEqualTo(new Pop3Command.Pass("gr\u00fc\u00dfe"));
    }

    @Test
    void secretsStayOutOfLogs() {
        assertThat(command("PASS secret").toString()).doesNotContain("secret");
        assertThat(command("AUTH PLAIN c2VjcmV0").toString()).doesNotContain("secret", "c2VjcmV0");
    }

    @Test
    void anInitialResponseIsDecoded() {
        assertThat(initial("AUTH plain AGEAYg==")).isEqualTo("\0a\0b".getBytes(UTF_8));
        assertThat(initial("AUTH PLAIN =")).isEmpty();
        assertThat(command("AUTH login")).isInstanceOf(Pop3Command.Auth.class);
        assertThat(why("AUTH PLAIN *")).contains("base64");
        assertThat(why("AUTH PLAIN a b")).contains("at most one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETR 0",
                "RETR 2147483648",
                "DELE 9223372036854775808",
                "LIST 99999999999999999999999999999999",
                "TOP 0 1"
            })
    void aNumberThatNoMessageCanHaveIsNoSuchMessage(String line) {
        assertThat(why(line)).isEqualTo("no such message");
    }

    @Test
    void theLargestNumberIsRead() {
        assertThat(command("RETR 2147483647"))
                .isEqualTo(new Pop3Command.Retr(new MessageNumber(Integer.MAX_VALUE)));
    }

    @Test
    void moreLinesThanCanBeCountedAreAllLines() {
        assertThat(command("TOP 7 99999999999999999999999"))
                .isEqualTo(new Pop3Command.Top(SEVEN, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " STAT",
                "STATUS",
                "STAT 1",
                "STAT\t",
                "LIST 1 2",
                "LIST +1",
                "LIST -1",
                "LIST 1a",
                "LIST 0x1",
                "LIST \u0661",
                "RETR",
                "RETR x",
                "TOP",
                "TOP 1",
                "TOP 1 -1",
                "TOP 1 x",
                "TOP 1 1 1",
                "DELE",
                "USER",
                "USER  ",
                "PASS",
                "QUIT now",
                "APOP alice c4c9334bac560ecc979e58001b3e22fb",
                "XTND",
                "GET / HTTP/1.1"
            })
    void whatIsNotACommandSaysWhy(String line) {
        assertThat(why(line)).isNotEmpty();
    }

    @Test
    void octetsThatAreNotUtf8AreRefused() {
        assertThat(CommandParser.parse("PASS gr\u00fcn".getBytes(ISO_8859_1)))
                .isInstanceOf(Parsed.Invalid.class);
    }

    /// Every line is answered, whatever it holds: the parser throws on none, and a reply can carry
    /// each of its reasons.
    @Test
    void noLineIsTooOdd() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var keywords = new String[] {"USER", "PASS", "AUTH", "LIST", "TOP", "RETR", "STAT", ""};
        for (int round = 0; round < 20_000; round++) {
            var tail = new byte[random.nextInt(24)];
            random.nextBytes(tail);
            var head =
                    keywords[random.nextInt(keywords.length)] + (random.nextBoolean() ? " " : "");
            var line = (head + new String(tail, random.nextBoolean() ? ISO_8859_1 : UTF_8));
            if (CommandParser.parse(line.getBytes(UTF_8)) instanceof Parsed.Invalid(var why)) {
                assertThat(Pop3Reply.err(why).line())
                        .as("seed %d: %s", seed, line)
                        .endsWith("\r\n");
            }
        }
    }

    private static Pop3Command command(String line) {
        var parsed = CommandParser.parse(line.getBytes(UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return ((Parsed.Valid) parsed).command();
    }

    private static byte[] initial(String line) {
        return ((Pop3Command.Auth) command(line)).initialResponse().orElseThrow();
    }

    private static String why(String line) {
        var parsed = CommandParser.parse(line.getBytes(UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        return ((Parsed.Invalid) parsed).why();
    }
}
