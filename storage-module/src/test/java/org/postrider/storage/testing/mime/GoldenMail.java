package org.postrider.storage.testing.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A message with what IMAP must say of it, written by hand: media types and encodings in upper
/// case, every string quoted.
///
/// @param name a few words
/// @param text the message, lines parted by LF
/// @param envelope FETCH ENVELOPE
/// @param bodyStructure FETCH BODYSTRUCTURE
public record GoldenMail(String name, String text, String envelope, String bodyStructure) {

    private static final String NOBODY = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

    static final List<GoldenMail> ALL =
            List.of(
                    new GoldenMail(
                            "plain text",
                            """
                            Date: Mon, 7 Feb 1994 21:52:25 -0800
                            From: Ada Lovelace <ada@example.test>
                            To: bob@example.test, "Hopper, Grace" <grace@example.test>
                            Subject: A note
                             in two lines
                            In-Reply-To:
                            Message-ID: <1@example.test>
                            Content-Type: text/plain; charset=utf-8

                            one
                            two
                            """,
                            "(\"Mon, 7 Feb 1994 21:52:25 -0800\" \"A note in two lines\""
                                    + " ((\"Ada Lovelace\" NIL \"ada\" \"example.test\"))"
                                    + " ((\"Ada Lovelace\" NIL \"ada\" \"example.test\"))"
                                    + " ((\"Ada Lovelace\" NIL \"ada\" \"example.test\"))"
                                    + " ((NIL NIL \"bob\" \"example.test\")"
                                    + "(\"Hopper, Grace\" NIL \"grace\" \"example.test\"))"
                                    + " NIL NIL \"\" \"<1@example.test>\")",
                            "(\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\") NIL NIL \"7BIT\" 10 2"
                                    + " NIL NIL NIL NIL)"),
                    new GoldenMail(
                            "groups, a route, a comment for a name",
                            """
                            From: ada@example.test (Ada)
                            Sender: <@relay.test:ada@example.test>
                            To: Crew: bob@example.test, Eve <eve@example.test>;
                            Cc: undisclosed-recipients:;

                            """,
                            "(NIL NIL ((\"Ada\" NIL \"ada\" \"example.test\"))"
                                    + " ((NIL \"@relay.test\" \"ada\" \"example.test\"))"
                                    + " ((\"Ada\" NIL \"ada\" \"example.test\"))"
                                    + " ((NIL NIL \"Crew\" NIL)(NIL NIL \"bob\" \"example.test\")"
                                    + "(\"Eve\" NIL \"eve\" \"example.test\")(NIL NIL NIL NIL))"
                                    + " ((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL))"
                                    + " NIL NIL NIL)",
                            "(\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 0 0"
                                    + " NIL NIL NIL NIL)"),
                    new GoldenMail(
                            "an attachment beside alternatives",
                            """
                            Subject: =?utf-8?Q?caf=C3=A9?=
                            MIME-Version: 1.0
                            Content-Type: multipart/mixed; boundary="out"

                            preamble
                            --out
                            Content-Type: multipart/alternative; boundary="in"

                            --in

                            text
                            --in
                            Content-Type: text/html; charset=utf-8
                            Content-Transfer-Encoding: quoted-printable

                            <b>text</b>
                            more
                            --in--

                            --out
                            Content-Type: application/pdf; name="a.pdf"
                            Content-Transfer-Encoding: BASE64
                            Content-Disposition: attachment; filename*0="a"; filename*1=".pdf"
                            Content-ID: <a@example.test>
                            Content-Description: A file
                            Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
                            Content-Language: en, de
                            Content-Location: http://example.test/a

                            JVBERg==
                            --out--
                            epilogue
                            """,
                            "(NIL \"=?utf-8?Q?caf=C3=A9?=\" NIL NIL NIL NIL NIL NIL NIL NIL)",
                            "(((\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 4 0"
                                    + " NIL NIL NIL NIL)(\"TEXT\" \"HTML\" (\"charset\" \"utf-8\") NIL NIL"
                                    + " \"QUOTED-PRINTABLE\" 17 1 NIL NIL NIL NIL) \"ALTERNATIVE\""
                                    + " (\"boundary\" \"in\") NIL NIL NIL)(\"APPLICATION\" \"PDF\""
                                    + " (\"name\" \"a.pdf\") \"<a@example.test>\" \"A file\" \"BASE64\" 8"
                                    + " \"Q2hlY2sgSW50ZWdyaXR5IQ==\" (\"attachment\" (\"filename\""
                                    + " \"a.pdf\")) (\"en\" \"de\") \"http://example.test/a\") \"MIXED\""
                                    + " (\"boundary\" \"out\") NIL NIL NIL)"),
                    new GoldenMail(
                            "a message in a message",
                            """
                            Content-Type: multipart/digest; boundary=x

                            --x

                            From: ada@example.test
                            Subject: inner

                            hello
                            --x--
                            """,
                            NOBODY,
                            "((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 47 (NIL \"inner\""
                                    + " ((NIL NIL \"ada\" \"example.test\"))"
                                    + " ((NIL NIL \"ada\" \"example.test\"))"
                                    + " ((NIL NIL \"ada\" \"example.test\")) NIL NIL NIL NIL NIL)"
                                    + " (\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 5 0"
                                    + " NIL NIL NIL NIL) 3 NIL NIL NIL NIL) \"DIGEST\""
                                    + " (\"boundary\" \"x\") NIL NIL NIL)"),
                    new GoldenMail(
                            "a multipart without boundary",
                            """
                            Content-Type: multipart/mixed

                            text
                            """,
                            NOBODY,
                            "((\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 6 1"
                                    + " NIL NIL NIL NIL) \"MIXED\" NIL NIL NIL NIL)"),
                    new GoldenMail(
                            "no header",
                            "just text\n",
                            NOBODY,
                            "(\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 11 1"
                                    + " NIL NIL NIL NIL)"),
                    new GoldenMail(
                            "nothing",
                            "",
                            NOBODY,
                            "(\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 0 0"
                                    + " NIL NIL NIL NIL)"));

    /// The message as it is sent: lines end with CRLF.
    public byte[] octets() {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
