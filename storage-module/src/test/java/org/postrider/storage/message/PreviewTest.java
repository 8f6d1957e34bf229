package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postrider.storage.testing.mime.SampleMail;

class PreviewTest {

    @Test
    void the_first_text_is_decoded_and_its_white_space_folded() {
        assertThat(
                        preview(
                                """
                                Subject: x
                                Content-Type: text/plain; charset=iso-8859-1
                                Content-Transfer-Encoding: quoted-printable

                                  Viele   Gr=FC=DFe
                                \taus =
                                K=F6ln

                                """))
                .isEqualTo("Viele Grüße aus Köln");
    }

    @Test
    void plain_text_is_preferred_among_alternatives_but_no_attachment() {
        assertThat(
                        preview(
                                """
                                Content-Type: multipart/mixed; boundary=o

                                --o
                                Content-Type: text/plain
                                Content-Disposition: attachment

                                not this
                                --o
                                Content-Type: multipart/alternative; boundary=i

                                --i
                                Content-Type: text/html

                                <b>nor this</b>
                                --i
                                Content-Type: text/plain

                                but this
                                --i--
                                --o
                                Content-Type: text/plain

                                and not the footer
                                --o--
                                """))
                .isEqualTo("but this");
    }

    @Test
    void html_serves_where_the_plain_text_is_empty_or_comes_later() {
        var message =
                """
                Content-Type: multipart/%s; boundary=i

                --i
                Content-Type: text/%s

                %s
                --i
                Content-Type: text/%s

                %s
                --i--
                """;
        var html = "<html><style>p { x }</style><p>Hello&nbsp;<i>wo</i>rld &euro;&#33;</p></html>";
        assertThat(preview(message.formatted("alternative", "plain", "  ", "html", html)))
                .isEqualTo("Hello world €!");
        assertThat(preview(message.formatted("mixed", "html", html, "plain", "a footer")))
                .isEqualTo("Hello world €!");
    }

    @Test
    void it_is_cut_after_whole_characters() {
        var long_text = "Subject: x\n\n" + "ab \u00f0\u009f\u0098\u0080 ".repeat(500) + "\n";
        var preview = preview(long_text);
        assertThat(preview.codePointCount(0, preview.length())).isBetween(199, 200);
        assertThat(preview).startsWith("ab 😀 ab 😀").doesNotContain("\uFFFD");
    }

    @Test
    void any_mail_has_one_within_the_limit_and_pieces_do_not_matter() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 300; seed++) {
            var mail = SampleMail.torturous(seed);
            var whole = MessageParser.begin();
            whole.write(mail, 0, mail.length);
            var preview = Objects.requireNonNull(whole.finish().preview());
            assertThat(preview.codePointCount(0, preview.length()))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(Preview.CHARACTERS);
            var pieces = MessageParser.begin();
            for (int at = 0; at < mail.length; at += 7) {
                pieces.write(mail, at, Math.min(7, mail.length - at));
            }
            assertThat(pieces.finish().preview()).as("seed %d", seed).isEqualTo(preview);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a<b>b</b>c | abc",
                "<p>one</p><p>two | `one\ntwo`",
                "a<script>if (1 < 2) { '</b>' }</script>b | ab",
                "<!-- a > b -->c<!---->d | cd",
                "1 < 2 & 3 > 2 | `1 < 2 & 3 > 2`",
                "&lt;b&gt; &amp;amp; &#x1F600;&unknown;&copy | `<b> &amp; 😀&unknown;©`",
                "<a href='x>y' title=\"a>b\">link</a> | link",
                "<td>a</td><td>b</td> | a b",
                "x<br/>y | `x\ny`",
                "<SCRIPT>x</Script>y | y",
            })
    void html_is_what_a_browser_shows(String html, String text) throws IOException {
        try (var reader = new HtmlText(new StringReader(html))) {
            var out = new java.io.StringWriter();
            reader.transferTo(out);
            assertThat(out.toString()).isEqualTo(text);
        }
    }

    private static String preview(String message) {
        return Objects.requireNonNull(MessageParserTest.parse(message).preview());
    }
}
