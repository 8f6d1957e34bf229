package org.postrider.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.StoreUnavailable;

class ImapWriterTest {

    @Test
    void aStringIsQuotedWhereItCanBe() throws Exception {
        assertThat(Wire.written(out -> out.nstring("a \"b\" \\c")))
                .isEqualTo("\"a \\\"b\\\" \\\\c\"");
        assertThat(Wire.written(out -> out.nstring(""))).isEqualTo("\"\"");
        assertThat(Wire.written(out -> out.nstring(null))).isEqualTo("NIL");
    }

    @Test
    void whatCannotBeQuotedIsALiteral() throws Exception {
        assertThat(Wire.written(out -> out.nstring("a\r\nb"))).isEqualTo("{4}\r\na\r\nb");
        assertThat(Wire.written(out -> out.nstring("gr\u00fc\u00df")))
                .isEqualTo("{4}\r\ngr\u00fc\u00df");
        assertThat(Wire.written(out -> out.nstring("x".repeat(2000)))).startsWith("{2000}\r\nxx");
    }

    @Test
    void anAstringIsAnAtomWhereItCanBe() throws Exception {
        assertThat(Wire.written(out -> out.astring("Sent]"))).isEqualTo("Sent]");
        assertThat(Wire.written(out -> out.astring("nil"))).isEqualTo("\"nil\"");
        assertThat(Wire.written(out -> out.astring(""))).isEqualTo("\"\"");
        assertThat(Wire.written(out -> out.astring("a b"))).isEqualTo("\"a b\"");
    }

    @Test
    void namesOfMailboxesAreSpelledInAscii() throws Exception {
        assertThat(Wire.written(out -> out.mailbox(new MailboxName("Entwürfe & \"Pläne\""))))
                .isEqualTo("\"Entw&APw-rfe &- \\\"Pl&AOQ-ne\\\"\"");
    }

    @Test
    void numbers() throws Exception {
        assertThat(
                        Wire.written(out ->
                                out.number(0).space().number(10).space().number(4294967295L)))
                .isEqualTo("0 10 4294967295");
    }

    @Test
    void muchGoesOutInPiecesAndNothingIsLost() throws Exception {
        var sizes = new ArrayList<Integer>();
        var text = new StringBuilder();
        var writer =
                new ImapWriter((octets, offset, length) -> {
                    sizes.add(length);
                    for (int i = offset; i < offset + length; i++) {
                        text.append((char) octets[i]);
                    }
                });
        var expected = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            writer.text("* ").number(i).text(" EXISTS").crlf();
            expected.append("* ").append(i).append(" EXISTS\r\n");
        }
        var large = new byte[100_000];
        Arrays.fill(large, (byte) 'x');
        writer.literal(large).copy(new ByteArrayInputStream(large), large.length).crlf();
        expected.append("{100000}\r\n").append("x".repeat(200_000)).append("\r\n");
        writer.flush();
        assertThat(text.toString()).isEqualTo(expected.toString());
        assertThat(sizes).hasSizeLessThan(30);
    }

    @Test
    void aMessageThatIsTooShortIsTheStoresFault() {
        var writer = new ImapWriter((_, _, _) -> {});
        assertThatThrownBy(() -> writer.copy(new ByteArrayInputStream(new byte[3]), 4))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aStatusHasNoLineEnds() {
        for (var text : List.of("", "a\r\nb", "\u00fc")) {
            assertThatThrownBy(() -> ImapStatus.ok(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
