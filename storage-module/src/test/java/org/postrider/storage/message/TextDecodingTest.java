package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Parameter;

class TextDecodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain|plain",
                "=?utf-8?Q?caf=C3=A9?=|café",
                "=?UTF-8?b?Y2Fmw6k=?= au lait|café au lait",
                "=?iso-8859-1?q?a_b?=   =?iso-8859-1?q?c?= d|a bc d",
                "=?utf-8?B?w6nD?= =?utf-8?B?qQ==?=|éé",
                "=?utf-8?Q?=C3?= =?UTF-8?Q?=A9?=|é",
                "=?utf-8*fr?Q?=C3=A9?=|é",
                "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=|日本",
                "=?gb2312?B?1tC5+g==?=|中国",
                "=?x-unheard-of?Q?=C3=A9?=|é",
                "=?us-ascii?Q?=E9?=|é",
                "=?utf-8?Q?=E9t=E9?=|été",
                "=?utf-8?B?Y2Fmw6k?=|café",
                "=?utf-8?Q?not closed|=?utf-8?Q?not closed",
                "=?utf-8?X?unknown?=|=?utf-8?X?unknown?=",
                "a =?b =?utf-8?Q?c?=|a =?b c",
                "=?utf-8?Q?a b?=|a b",
                "=?utf-8?Q??=x|x",
                "\u00C3\u00A9 \u00E9|é é",
            })
    void header_texts_are_decoded(String octets, String text) {
        assertThat(TextDecoding.header(octets)).isEqualTo(text);
    }

    @Test
    void parameters_are_decoded() {
        var parameters =
                List.of(
                        new Parameter("filename", "fallback"),
                        new Parameter("Filename*", "UTF-8'en'na%C3%AFve%20file"),
                        new Parameter("name", "=?utf-8?Q?caf=C3=A9?="),
                        new Parameter("odd*", "no%20charset"));

        assertThat(TextDecoding.parameter(parameters, "filename")).contains("naïve file");
        assertThat(TextDecoding.parameter(parameters, "name")).contains("café");
        assertThat(TextDecoding.parameter(parameters, "odd")).contains("no charset");
        assertThat(TextDecoding.parameter(parameters, "none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7BIT|us-ascii|hello|hello",
                "8BIT|utf-8|\u00C3\u00A9|é",
                "8BIT|utf-8|\u00E9|é",
                "8BIT|iso-8859-1|\u0093x\u0094|“x”",
                "8BIT|no-such-thing|\u00C3\u00A9\u0080|é€",
                "BASE64|utf-8|Y2Fmw6k=|café",
                "BASE64|utf-8|Y2\\nFm!w6k|café",
                "BASE64|utf-8|Y2E=\\nZsOp|café",
                "BASE64|utf-16le|YQBiAA==|ab",
                "QUOTED-PRINTABLE|utf-8|caf=C3=\\n=A9 |café",
                "QUOTED-PRINTABLE|utf-8|100=ZZ|100=ZZ",
                "X-UUENCODE|us-ascii|x\\nbegin 644 f\\n#0V%T\\n`\\nend\\nmore|Cat",
            })
    void bodies_are_decoded(String encoding, String charset, String body, String text)
            throws IOException {
        var octets = body.replace("\\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(decoded(new ByteArrayInputStream(octets), encoding, charset)).isEqualTo(text);
    }

    @Test
    void characters_may_be_cut_anywhere() throws IOException {
        var text = "aé€😀ÿ".repeat(50);
        var octets = text.getBytes(StandardCharsets.UTF_8);

        assertThat(decoded(new OneByOne(octets), "8BIT", "utf-8")).isEqualTo(text);
        var characters = new StringBuilder();
        try (var reader = MailCharset.UNKNOWN.reader(new OneByOne(octets))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                characters.append((char) c);
            }
        }
        assertThat(characters.toString()).isEqualTo(text);
    }

    @Test
    void whatever_the_octets_are_there_is_a_text() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            var octets = new byte[random.nextInt(300)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] =
                        (byte)
                                (random.nextBoolean()
                                        ? "=?utf8QB _\r\n+%'".charAt(random.nextInt(15))
                                        : random.nextInt());
            }
            for (var encoding : List.of("7BIT", "BASE64", "QUOTED-PRINTABLE", "X-UUENCODE")) {
                assertThat(decoded(new ByteArrayInputStream(octets), encoding, "utf-8"))
                        .as("seed %d", seed)
                        .isNotNull();
            }
            var text = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(TextDecoding.header(text)).as("seed %d", seed).isNotNull();
            assertThat(TextDecoding.parameter(List.of(new Parameter("n*", text)), "n"))
                    .as("seed %d", seed)
                    .isPresent();
        }
    }

    private static String decoded(InputStream octets, String encoding, String charset)
            throws IOException {
        var description =
                new Description(
                        "TEXT",
                        "PLAIN",
                        List.of(new Parameter("Charset", charset)),
                        null,
                        null,
                        encoding,
                        null,
                        null,
                        List.of(),
                        null);
        try (var reader = TextDecoding.body(octets, description)) {
            return reader.readAllAsString();
        }
    }

    /// A stream that gives one octet at a time.
    private static final class OneByOne extends ByteArrayInputStream {

        OneByOne(byte[] octets) {
            super(octets);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
        }
    }
}
