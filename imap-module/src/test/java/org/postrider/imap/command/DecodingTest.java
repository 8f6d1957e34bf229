package org.postrider.imap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= | Grüße",
                "=?iso-8859-1?q?a_=E4?= b | a ä b",
                "=?UTF-8?B?w7w=?= =?utf-8?b?w6Q=?= | üä",
                "=?UTF-8*de?Q?x?= | x",
                "=?nonsense?Q?a=C3=A4?= | aä",
                "=?UTF-8?Q?bro=ken=?= | bro=ken=",
                "=?UTF-8?X?x?= | =?UTF-8?X?x?=",
            })
    void encodedWords(String text, String expected) {
        assertThat(HeaderText.decoded(text)).isEqualTo(expected);
    }

    @Test
    void aCharacterCutByTwoEncodedWordsIsOne() {
        assertThat(HeaderText.decoded("=?UTF-8?Q?=C3?=\t=?UTF-8?Q?=BC?=")).isEqualTo("ü");
    }

    @Test
    void fieldsAreUnfolded() {
        var header = "A: one\r\n two\r\nB: gr\u00fcn\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(HeaderText.fields(header)).containsExactly("A: one two", "B: grün");
        assertThat(HeaderText.bodies("C: ü\r\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(" ü");
    }

    @Test
    void base64IsReadThroughWhatDoesNotBelongToIt() throws Exception {
        assertThat(octets(new Base64Octets(stream("aGVs\r\nbG8*gd29y!bGQ="))))
                .isEqualTo("hello world");
        assertThat(octets(new Base64Octets(stream("aGk=aGk=")))).isEqualTo("hihi");
        assertThat(octets(new Base64Octets(stream("a")))).isEmpty();
    }

    @Test
    void quotedPrintableIsReadThroughItsMistakes() throws Exception {
        assertThat(octets(new QuotedPrintableOctets(stream("a=3Db=\r\nc=\r\n=20d"))))
                .isEqualTo("a=bc d");
        assertThat(octets(new QuotedPrintableOctets(stream("100 =% =zz ="))))
                .isEqualTo("100 =% =zz =");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 1 Mar 2026 10:00:00 +0100 | 2026-03-01",
                "1 Mar 26 10:00 EST | 2026-03-01",
                "Thu,  9 Sep 1999 | 1999-09-09",
                "31-Dec-99 23:59 | 1999-12-31",
                "Monday, 02 January 2006 15:04:05 | 2006-01-02",
            })
    void days(String field, LocalDate day) {
        assertThat(DateField.day(field)).contains(day);
    }

    @ParameterizedTest
    @CsvSource({"''", "yesterday", "Sun Mar 1 2026", "32 Mar 2026", "1 Foo 2026", "1 Mar 99999"})
    void noDays(String field) {
        assertThat(DateField.day(field)).isEmpty();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String octets(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
