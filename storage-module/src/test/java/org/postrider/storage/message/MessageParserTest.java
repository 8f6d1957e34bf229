package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageParserTest {

    private static final String PLAIN =
            "\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" ";
    private static final String REST = " NIL NIL NIL NIL)";

    @Test
    void parts_have_their_places_and_the_line_end_before_a_boundary_is_not_theirs() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/mixed; boundary=x

                        preamble
                        --x

                        one
                        two
                        --x
                        Content-Type: text/html; charset=utf-8
                        Content-Transfer-Encoding: base64

                        PGI+

                        --x-- \t
                        epilogue
                        """);

        assertThat(MetaText.structure(meta.structure()))
                .isEqualTo(
                        "(("
                                + PLAIN
                                + "8 1"
                                + REST
                                + "(\"TEXT\" \"HTML\" (\"charset\" \"utf-8\") NIL NIL \"BASE64\" 6 1"
                                + REST
                                + " \"MIXED\" (\"boundary\" \"x\") NIL NIL NIL)");
        assertThat(MetaText.places(meta.structure()))
                .isEqualTo("0-45-181[60-62-70/1 77-154-160/1]");
    }

    @Test
    void a_message_inside_a_message_has_its_own_envelope_and_structure() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/digest; boundary=x

                        --x

                        From: q@r.example
                        Subject: in

                        hello
                        --x
                        Content-Type: text/plain

                        foo
                        --x--
                        """);

        assertThat(MetaText.structure(meta.structure()))
                .isEqualTo(
                        "((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 39 (NIL \"in\""
                                + " ((NIL NIL \"q\" \"r.example\")) ((NIL NIL \"q\" \"r.example\"))"
                                + " ((NIL NIL \"q\" \"r.example\")) NIL NIL NIL NIL NIL) ("
                                + PLAIN
                                + "5 0"
                                + REST
                                + " 3"
                                + REST
                                + "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3 0"
                                + REST
                                + " \"DIGEST\" (\"boundary\" \"x\") NIL NIL NIL)");
    }

    @Test
    void an_encoded_message_inside_is_not_read() {
        var meta =
                parse(
                        """
                        Content-Type: message/rfc822
                        Content-Transfer-Encoding: base64

                        U3ViamVjdDogaGkKCmhlbGxvCg==
                        """);

        assertThat(MetaText.structure(meta.structure()))
                .isEqualTo(
                        "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"BASE64\" 30"
                                + " (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"
                                + " (\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"BASE64\""
                                + " 30 1"
                                + REST
                                + " 1"
                                + REST);
    }

    @Test
    void a_multipart_without_boundary_or_parts_has_one_text_part_that_is_its_body() {
        for (var type : new String[] {"", "; boundary=\"\"", "; boundary=other"}) {
            var meta = parse("Content-Type: multipart/mixed" + type + "\n\nhello\nworld\n");

            assertThat(MetaText.structure(meta.structure()))
                    .as(type)
                    .startsWith("((" + PLAIN + "14 2" + REST + " \"MIXED\"");
        }
    }

    @Test
    void parts_without_header_or_blank_line_or_anything_are_parts() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/mixed; boundary=x

                        --x
                        no header here
                        line two
                        --x

                        body of two
                        --x
                        Content-Type: text/html
                        --x
                        --x

                        --x--
                        """);

        assertThat(MetaText.places(meta.structure()))
                .isEqualTo(
                        "0-45-145[50-50-74/1 81-83-94/0 101-126-126/0 131-131-131/0 136-138-138/0]");
    }

    @Test
    void a_boundary_that_begins_like_another_is_not_that_one() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/mixed; boundary=ab

                        --ab
                        Content-Type: multipart/mixed; boundary=abc

                        --abc

                        in
                        --abcd
                        --abc
                        --abc--
                        --ab

                        second
                        --ab--\
                        """);

        assertThat(MetaText.places(meta.structure()))
                .isEqualTo("0-46-158[52-99-134[106-108-118/1 127-127-127/0] 142-144-150/0]");
    }

    @Test
    void an_outer_boundary_ends_what_was_never_closed() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/mixed; boundary=out

                        --out
                        Content-Type: multipart/alternative; boundary=in

                        --in

                        a
                        --in

                        b
                        --out

                        c
                        """);

        assertThat(MetaText.places(meta.structure()))
                .isEqualTo("0-47-140[54-106-126[112-114-115/0 123-125-126/0] 135-137-140/1]");
    }

    @Test
    void a_closed_boundary_is_text() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/mixed; boundary=x

                        --x

                        a
                        --x--
                        --x

                        not a part
                        """);

        assertThat(MetaText.places(meta.structure())).isEqualTo("0-45-81[50-52-53/0]");
    }

    @Test
    void a_broken_line_hides_no_field_below_it() {
        var meta = parse("From: a@b.example\njunk\nSubject : hi\n\nbody\n");

        assertThat(meta.envelope().subject()).isEqualTo("hi");
        assertThat(MetaText.places(meta.structure())).isEqualTo("0-41-47/1");
    }

    @Test
    void lines_that_are_no_fields_with_none_below_them_are_text() {
        var parser = feed("From: a@b.example\nhello\n world\n\nend\n");
        var meta = parser.finish();

        assertThat(MetaText.places(meta.structure())).isEqualTo("0-19-41/4");
        assertThat(parser.headerOctets()).isEqualTo(19);
        assertThat(MetaText.places(parse("Content-Type: message/rfc822\nx\n\nA: b\n").structure()))
                .isEqualTo("0-30-41/3{30-30-41/3}");
    }

    @Test
    void the_own_boundary_ends_a_header_without_blank_line() {
        var meta =
                parse(
                        """
                        Content-Type: multipart/mixed; boundary=x
                        --x

                        a
                        --x--
                        """);

        assertThat(MetaText.places(meta.structure())).isEqualTo("0-43-60[48-50-51/0]");
    }

    @Test
    void headers_that_break_off_are_parts_too() {
        for (var type : new String[] {"message/rfc822", "multipart/mixed; boundary=y", "x/y"}) {
            var meta =
                    parse(
                            "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: "
                                    + type
                                    + "\n--x\nContent-Type: "
                                    + type);

            assertThat(((BodyPart.Multipart) meta.structure()).parts()).as(type).hasSize(2);
        }
    }

    @Test
    void a_type_that_is_none_is_text_with_the_parameters_it_has() {
        assertThat(MetaText.structure(parse("Content-Type: text; charset=utf-8\n\n").structure()))
                .startsWith("(\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\")");
        assertThat(MetaText.structure(parse("Content-Type: text\n\n").structure()))
                .startsWith("(" + PLAIN);
        assertThat(MetaText.structure(parse("Content-Type: text/html charset=x\n\n").structure()))
                .startsWith("(\"TEXT\" \"HTML\" (\"charset\" \"x\")");
    }

    @Test
    void a_message_that_begins_with_no_field_has_no_header() {
        var parser = feed("hello\nSubject: no\n\nworld\n");
        var meta = parser.finish();

        assertThat(meta.envelope()).isEqualTo(Envelope.EMPTY);
        assertThat(MetaText.places(meta.structure())).isEqualTo("0-0-29/4");
        assertThat(parser.headerOctets()).isZero();
    }

    @Test
    void the_line_of_a_mailbox_file_is_passed_over() {
        var meta = parse("From me@here.example Thu Jan  1 00:00:00 1970\nSubject: yes\n\nx\n");

        assertThat(meta.envelope().subject()).isEqualTo("yes");
    }

    @Test
    void nothing_and_almost_nothing_are_messages() {
        assertThat(MetaText.places(parse("").structure())).isEqualTo("0-0-0/0");
        assertThat(MetaText.places(parse("\n").structure())).isEqualTo("0-2-2/0");
        assertThat(MetaText.places(parse("Subject: x\n").structure())).isEqualTo("0-12-12/0");
        assertThat(MetaText.places(parse("x").structure())).isEqualTo("0-0-1/0");
    }

    @Test
    void of_fields_that_come_twice_the_first_counts_and_addresses_add_up() {
        var envelope =
                parse("To: a@x.example\nSubject: one\nTo: b@x.example\nSubject: two\n\n")
                        .envelope();

        assertThat(envelope.subject()).isEqualTo("one");
        assertThat(MetaText.addresses(envelope.to()))
                .isEqualTo("((NIL NIL \"a\" \"x.example\")(NIL NIL \"b\" \"x.example\"))");
    }

    @Test
    void mime_fields_are_told() {
        var meta =
                parse(
                        """
                        Content-Type: application/pdf; name="a b.pdf"
                        Content-Disposition: attachment; filename=a b.pdf; size=3
                        Content-ID: <part@x.example>
                        Content-Description: the
                         file
                        Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
                        Content-Language: en, de (German)
                        Content-Location: http://x.example/a
                        Content-Transfer-Encoding: Base64 (really)

                        """);

        assertThat(MetaText.structure(meta.structure()))
                .isEqualTo(
                        "(\"APPLICATION\" \"PDF\" (\"name\" \"a b.pdf\") \"<part@x.example>\""
                                + " \"the file\" \"BASE64\" 0 \"Q2hlY2sgSW50ZWdyaXR5IQ==\""
                                + " (\"attachment\" (\"filename\" \"a b.pdf\" \"size\" \"3\"))"
                                + " (\"en\" \"de\") \"http://x.example/a\")");
    }

    @Test
    void the_header_ends_where_the_body_begins() {
        var parser = feed("A: b\nC: d\n\nbody\n");

        parser.finish();

        assertThat(parser.headerOctets()).isEqualTo(14);
    }

    @Test
    void fields_are_kept_as_they_stand_and_in_order() {
        var meta =
                parse("to: a@x.example\nX-Other: 1\nSUBJECT:  two\n\tlines \nTo:b@x.example\n\n");

        assertThat(meta.fields())
                .extracting(HeaderField::raw)
                .containsExactly(
                        "to: a@x.example\r\n",
                        "SUBJECT:  two\r\n\tlines \r\n",
                        "To:b@x.example\r\n");
        assertThat(meta.fieldsComplete()).isTrue();
    }

    @Test
    void a_header_too_large_to_keep_says_so() {
        var meta = parse("Subject: a\nReferences: " + "<x@y>\n ".repeat(30_000) + "\nTo: a@b\n\n");

        assertThat(meta.fieldsComplete()).isFalse();
        assertThat(meta.fields()).extracting(HeaderField::name).containsExactly("Subject", "To");
    }

    static MessageMeta parse(String text) {
        return feed(text).finish();
    }

    private static MessageParser feed(String text) {
        var octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var parser = MessageParser.begin();
        parser.write(octets, 0, octets.length);
        return parser;
    }
}
