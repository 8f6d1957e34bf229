package org.postrider.imap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Disposition;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.BodyPart.Place;
import org.postrider.storage.message.Envelope;
import org.postrider.storage.message.Envelope.Address;

class StructureWritersTest {

    @Test
    void anEnvelopeOfNothing() throws IOException {
        assertThat(written(out -> EnvelopeWriter.write(out, Structures.NO_ENVELOPE)))
                .isEqualTo("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
    }

    @Test
    void anEnvelopeWithWhatCannotBeQuoted() throws IOException {
        var from = List.of(new Address("J\u00fcrgen \"J\"", "@relay", "j", "example.test"));
        var group =
                List.of(
                        new Address(null, null, "friends", null),
                        new Address(null, null, null, null));
        var envelope =
                new Envelope(
                        "now", "a\\b", from, from, from, group, List.of(), List.of(), "<x>", "<y>");
        assertThat(written(out -> EnvelopeWriter.write(out, envelope)))
                .isEqualTo(
                        "(\"now\" \"a\\\\b\" F F F ((NIL NIL \"friends\" NIL)(NIL NIL NIL NIL)) NIL NIL \"<x>\" \"<y>\")"
                                .replace(
                                        "F",
                                        "(({10}\r\nJ\u00fcrgen \"J\" \"@relay\" \"j\" \"example.test\"))"));
    }

    @Test
    void aTextHasLinesAndAnythingElseHasNone() throws IOException {
        assertThat(body(Structures.leaf("TEXT", "HTML", "<i>")))
                .isEqualTo("(\"TEXT\" \"HTML\" NIL \"<i>\" NIL \"7BIT\" 30 3)");
        assertThat(body(Structures.leaf("IMAGE", "PNG", "<i>")))
                .isEqualTo("(\"IMAGE\" \"PNG\" NIL \"<i>\" NIL \"7BIT\" 30)");
    }

    @Test
    void extensionDataComesLast() throws IOException {
        var description =
                new Description(
                        "TEXT",
                        "PLAIN",
                        List.of(new Parameter("charset", "utf-8"), new Parameter("x", "")),
                        null,
                        null,
                        "8BIT",
                        "md5",
                        new Disposition("inline", List.of()),
                        List.of("de"),
                        "where");
        assertThat(structure(new Leaf(description, new Place(0, 0, 0), 0)))
                .isEqualTo(
                        "(\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\" \"x\" \"\") NIL NIL \"8BIT\" 0 0 \"md5\" (\"inline\" NIL) (\"de\") \"where\")");
    }

    @Test
    void partsOfAMultipartStandSideBySide() throws IOException {
        var text = Structures.leaf("TEXT", "PLAIN", "<i>");
        var part = "(\"TEXT\" \"PLAIN\" NIL \"<i>\" NIL \"7BIT\" 30 3 NIL NIL NIL NIL)";
        assertThat(structure(Structures.multipart("<m>", text, text)))
                .isEqualTo("(" + part + part + " \"MIXED\" NIL NIL NIL NIL)");
    }

    @Test
    void aMessageInsideHasItsEnvelopeAndStructure() throws IOException {
        var inner = Structures.leaf("AUDIO", "MP4", "<a>");
        assertThat(body(Structures.embedded("<e>", inner)))
                .isEqualTo(
                        "(\"MESSAGE\" \"RFC822\" NIL \"<e>\" NIL \"7BIT\" 30 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"AUDIO\" \"MP4\" NIL \"<a>\" NIL \"7BIT\" 30) 7)");
    }

    @Test
    void aMessageInsideThatCouldNotBeReadStillFitsTheGrammar() throws IOException {
        assertThat(body(Structures.leaf("MESSAGE", "RFC822", "<e>")))
                .isEqualTo(
                        "(\"MESSAGE\" \"RFC822\" NIL \"<e>\" NIL \"7BIT\" 30 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 30 3) 3)");
    }

    @Test
    void anInternationalMessageInsideIsLikeAnyOtherPart() throws IOException {
        var global =
                new Embedded(
                        Structures.description("MESSAGE", "GLOBAL", "<g>"),
                        new Place(0, 0, 30),
                        3,
                        Structures.NO_ENVELOPE,
                        Structures.leaf("TEXT", "PLAIN", "<i>"));
        assertThat(body(global)).isEqualTo("(\"MESSAGE\" \"GLOBAL\" NIL \"<g>\" NIL \"7BIT\" 30)");
    }

    private static String body(BodyPart part) throws IOException {
        return written(out -> new BodyStructureWriter(out, false).write(part));
    }

    private static String structure(BodyPart part) throws IOException {
        return written(out -> new BodyStructureWriter(out, true).write(part));
    }

    private interface Writing {
        void to(ImapWriter out) throws IOException;
    }

    private static String written(Writing writing) throws IOException {
        var octets = new ByteArrayOutputStream();
        var out = new ImapWriter(octets::write);
        writing.to(out);
        out.flush();
        return octets.toString(StandardCharsets.ISO_8859_1);
    }
}
