package org.postrider.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.smtp.wire.SmtpCommandParser.Parsed;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.address.ReversePath;

final class SmtpCommandParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            textBlock =
                    """
                    MAIL FROM:<a@b.test>                    | <a@b.test>
                    mail from:<a@b.test>                    | <a@b.test>
                    Mail From: <a@b.test>                   | <a@b.test>
                    MAIL  FROM:<a@B.Test>                   | <a@b.test>
                    MAIL FROM:<>                            | <>
                    MAIL FROM:<"a b"@c.test>                | <"a b"@c.test>
                    MAIL FROM:<"a>b"@c.test>                | <"a>b"@c.test>
                    MAIL FROM:<"a\\"b"@c.test>              | <"a\\"b"@c.test>
                    MAIL FROM:<"plain"@c.test>              | <plain@c.test>
                    MAIL FROM:<@x.test,@y.test:a@b.test>    | <a@b.test>
                    MAIL FROM:<@[192.0.2.1]:a@b.test>       | <a@b.test>
                    MAIL FROM:<a@[192.0.2.1]>               | <a@[192.0.2.1]>
                    MAIL FROM:<a@[IPv6:2001:db8::1]>        | <a@[IPv6:2001:db8::1]>
                    MAIL FROM:<a..b.@docomo.test>           | <a..b.@docomo.test>
                    MAIL FROM:<a@under_score.test>          | <a@under_score.test>
                    MAIL FROM:<a+b=c.test@d.test>           | <a+b=c.test@d.test>
                    """)
    void sendersThatAreTaken(String line, String sender) {
        assertThat(command(line)).isInstanceOf(SmtpCommand.Mail.class);
        assertThat(((SmtpCommand.Mail) command(line)).sender()).hasToString(sender);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            textBlock =
                    """
                    RCPT TO:<a@b.test>                      | <a@b.test>
                    rcpt to: <a@b.test>                     | <a@b.test>
                    RCPT TO:<postmaster>                    | <postmaster>
                    RCPT TO:<PostMaster>                    | <postmaster>
                    RCPT TO:<Postmaster@b.test>             | <Postmaster@b.test>
                    RCPT TO:<@x.test:a@b.test>              | <a@b.test>
                    RCPT TO:<a@[127.0.0.1]>                 | <a@[127.0.0.1]>
                    RCPT TO:<a..b@c.test>                   | <a..b@c.test>
                    """)
    void recipientsThatAreTaken(String line, String recipient) {
        assertThat(command(line)).isInstanceOf(SmtpCommand.Rcpt.class);
        assertThat(((SmtpCommand.Rcpt) command(line)).recipient()).hasToString(recipient);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            textBlock =
                    """
                    FOO                                     | 500 5.5.2
                    ''                                      | 500 5.5.2
                    '\tMAIL FROM:<a@b.test>'                | 500 5.5.2
                    ' MAIL FROM:<a@b.test>'                 | 500 5.5.2
                    MAILFROM:<a@b.test>                     | 500 5.5.2
                    EHLO                                    | 501 5.5.4
                    EHLO a b                                | 501 5.5.4
                    HELO                                    | 501 5.5.4
                    MAIL                                    | 501 5.5.4
                    MAIL FROM                               | 501 5.5.4
                    MAIL FROM <a@b.test>                    | 501 5.5.4
                    MAIL TO:<a@b.test>                      | 501 5.5.4
                    MAIL FROM:                              | 501 5.1.7
                    MAIL FROM:a@b.test                      | 501 5.1.7
                    MAIL FROM:<a@b.test                     | 501 5.1.7
                    MAIL FROM:<a>                           | 501 5.1.7
                    MAIL FROM:<postmaster>                  | 501 5.1.7
                    MAIL FROM:<@b.test>                     | 501 5.1.7
                    MAIL FROM:<a@>                          | 501 5.1.7
                    MAIL FROM:<a b@c.test>                  | 501 5.1.7
                    MAIL FROM:<<a@b.test>>                  | 501 5.1.7
                    MAIL FROM:<a@b.test,c@d.test>           | 501 5.1.7
                    MAIL FROM:<"a@b.test>                   | 501 5.1.7
                    MAIL FROM:<@x y:a@b.test>               | 501 5.1.7
                    MAIL FROM:<@x.test:>                    | 501 5.1.7
                    MAIL FROM:<@x.test,y.test:a@b.test>     | 501 5.1.7
                    MAIL FROM:<ä@b.test>                    | 553 5.6.7
                    MAIL FROM:<a@b.test>SIZE=1              | 501 5.5.4
                    MAIL FROM:<a@b.test> junk               | 555 5.5.4
                    MAIL FROM:<a@b.test> SMTPUTF8           | 555 5.5.4
                    MAIL FROM:<a@b.test> RET=HDRS           | 555 5.5.4
                    MAIL FROM:<a@b.test> =1                 | 501 5.5.4
                    MAIL FROM:<a@b.test> -A=1               | 501 5.5.4
                    MAIL FROM:<a@b.test> SIZE               | 501 5.5.4
                    MAIL FROM:<a@b.test> SIZE=              | 501 5.5.4
                    MAIL FROM:<a@b.test> SIZE=x             | 501 5.5.4
                    MAIL FROM:<a@b.test> SIZE=-1            | 501 5.5.4
                    MAIL FROM:<a@b.test> SIZE=1 size=2      | 501 5.5.4
                    MAIL FROM:<a@b.test> BODY=BINARYMIME    | 501 5.5.4
                    MAIL FROM:<a@b.test> BODY               | 501 5.5.4
                    MAIL FROM:<a@b.test> AUTH               | 501 5.5.4
                    MAIL FROM:<a@b.test> AUTH=a=b           | 501 5.5.4
                    RCPT                                    | 501 5.5.4
                    RCPT FROM:<a@b.test>                    | 501 5.5.4
                    RCPT TO:<>                              | 501 5.1.3
                    RCPT TO:a@b.test                        | 501 5.1.3
                    RCPT TO:<a>                             | 501 5.1.3
                    RCPT TO:<a@b c>                         | 501 5.1.3
                    RCPT TO:<ä@b.test>                      | 553 5.6.7
                    RCPT TO:<a@b.test> NOTIFY=NEVER         | 555 5.5.4
                    RCPT TO:<a@b.test> NOTIFY=              | 501 5.5.4
                    DATA now                                | 501 5.5.4
                    RSET now                                | 501 5.5.4
                    QUIT now                                | 501 5.5.4
                    STARTTLS now                            | 501 5.5.4
                    AUTH                                    | 501 5.5.4
                    AUTH PLAIN a b                          | 501 5.5.4
                    VRFY                                    | 501 5.5.4
                    """)
    void linesThatAreWrong(String line, String code) {
        var plain = line.startsWith("'") ? line.substring(1, line.length() - 1) : line;
        assertThat(SmtpCommandParser.parse(octets(plain)))
                .isInstanceOfSatisfying(
                        Parsed.Wrong.class,
                        wrong -> assertThat(wrong.reply().text()).startsWith(code + " "));
    }

    @Test
    void parametersSayHowLargeAndHowEncodedAMessageIs() {
        assertThat(command("MAIL FROM:<> SIZE=17 BODY=8bitmime AUTH=<>"))
                .isEqualTo(
                        new SmtpCommand.Mail(
                                new ReversePath.Null(),
                                new MailParameters(17, MailParameters.Body.EIGHT_BIT_MIME)));
        assertThat(command("MAIL FROM:<> BODY=7BIT  AUTH=e+3Dmc2@example.test"))
                .isEqualTo(new SmtpCommand.Mail(new ReversePath.Null(), MailParameters.NONE));
    }

    @Test
    void aSizeOfTwentyDigitsIsLargerThanAnyLimit() {
        var mail = (SmtpCommand.Mail) command("MAIL FROM:<> SIZE=99999999999999999999");
        assertThat(mail.parameters().octets()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whiteSpaceBehindACommandIsNoArgument() {
        assertThat(command("DATA  \t")).isEqualTo(new SmtpCommand.Data());
        assertThat(command("RCPT TO:<a@b.test> "))
                .isEqualTo(
                        new SmtpCommand.Rcpt(
                                new ForwardPath.Mailbox(
                                        MailAddress.parse("a@b.test").orElseThrow())));
    }

    @Test
    void anInitialResponseMayBeMissingEmptyOrThere() {
        assertThat(command("auth plain")).isEqualTo(new SmtpCommand.Auth("PLAIN", null));
        assertThat(command("AUTH PLAIN =")).isEqualTo(new SmtpCommand.Auth("PLAIN", "="));
        assertThat(command("AUTH PLAIN AGFi")).isEqualTo(new SmtpCommand.Auth("PLAIN", "AGFi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.test",
                "DESKTOP_01",
                "localhost",
                "[192.0.2.1]",
                "[IPv6:2001:db8::1]",
                "192.0.2.1",
                "büro"
            })
    void clientsMayCallThemselvesWhatTheyLike(String name) {
        assertThat(command("EHLO " + name)).isInstanceOf(SmtpCommand.Ehlo.class);
        assertThat(command("HELO " + name)).isInstanceOf(SmtpCommand.Helo.class);
    }

    @Test
    void onlyDomainsAndLiteralsGoIntoAReceivedField() {
        assertThat(new ClientName("my_host.test").isTraceable()).isTrue();
        assertThat(new ClientName("[IPv6:2001:db8::1]").isTraceable()).isTrue();
        assertThat(new ClientName("a(b").isTraceable()).isFalse();
        assertThat(new ClientName("[]").isTraceable()).isFalse();
        assertThat(new ClientName("b\u00fcro").isTraceable()).isFalse();
    }

    /// Whatever arrives is a command or has an answer of class 5; nothing is thrown.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noLineBreaksTheParser(long seed) {
        var random = new SplittableRandom(seed);
        var pieces =
                new String[] {
                    "MAIL", "RCPT", "AUTH", "EHLO", " ", " ", "FROM:", "TO:", "<", ">", "@", ":",
                            ",",
                    "\"", "\\", "a", "b.test", "[", "]", "SIZE=", "BODY=", "9", "=", "\t", "ä", "-"
                };
        for (int i = 0; i < 20_000; i++) {
            var line = new StringBuilder();
            for (int n = random.nextInt(14); n > 0; n--) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            if (SmtpCommandParser.parse(octets(line.toString()))
                    instanceof Parsed.Wrong(var reply)) {
                assertThat(reply.code()).as("seed %d: %s", seed, line).isBetween(500, 555);
            }
        }
    }

    private static SmtpCommand command(String line) {
        return switch (SmtpCommandParser.parse(octets(line))) {
            case Parsed.Command(var command) -> command;
            case Parsed.Wrong(var reply) -> throw new AssertionError(line + ": " + reply.text());
        };
    }

    private static byte[] octets(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
