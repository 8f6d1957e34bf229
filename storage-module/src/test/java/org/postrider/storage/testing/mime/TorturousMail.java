package org.postrider.storage.testing.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Writes mail that is wrong: see [SampleMail#torturous].
final class TorturousMail {

    private final long seed;
    private final Random random;
    private final Vocabulary words;
    private final MailText text = new MailText();

    private final List<Runnable> torments =
            List.of(
                    this::nothing,
                    this::onlyHeader,
                    this::noHeader,
                    this::junkAmongFields,
                    this::longHeaderLine,
                    this::manyAddresses,
                    this::brokenAddresses,
                    this::duplicateFields,
                    this::eightBitJunk,
                    this::oddCharsets,
                    this::brokenTypes,
                    this::brokenContinuations,
                    this::noBoundary,
                    this::wrongBoundary,
                    this::unclosedBoundaries,
                    this::boundariesAlike,
                    this::emptyParts,
                    this::manyParts,
                    this::deepMultiparts,
                    this::deepMessages,
                    this::encodedMessages,
                    this::digest,
                    this::endlessLine,
                    this::bareLineEnds);

    TorturousMail(long seed) {
        this.seed = seed;
        random = new Random(seed);
        words = new Vocabulary(random);
    }

    byte[] octets() {
        if (words.chance(25)) {
            text.octets(SampleMail.realistic(seed));
        } else {
            words.one(torments).run();
        }
        return words.chance(40) ? mutated(text.toBytes()) : text.toBytes();
    }

    /// Pieces left out, doubled, swapped, spoilt.
    private byte[] mutated(byte[] whole) {
        var octets = whole;
        for (int i = words.between(1, 10); i > 0 && octets.length > 0; i--) {
            int from = random.nextInt(octets.length);
            int to = Math.min(octets.length, from + random.nextInt(200));
            var changed = new ByteArrayOutputStream(octets.length + 200);
            changed.write(octets, 0, from);
            switch (random.nextInt(4)) {
                case 0 -> changed.write(octets, to, octets.length - to);
                case 1 -> changed.write(octets, random.nextInt(from + 1), octets.length - from);
                case 2 -> {
                    changed.write(octets, from, to - from);
                    changed.write(octets, from, octets.length - from);
                }
                default -> {
                    changed.write(1 + random.nextInt(255));
                    changed.write(octets, from, octets.length - from);
                }
            }
            octets = changed.toByteArray();
        }
        return octets;
    }

    private void nothing() {
        text.raw(words.one(List.of("", "\r\n", "\r\n\r\n", ":", " ", "\r", "\n", "From ")));
    }

    private void onlyHeader() {
        text.line("From: " + words.person())
                .raw("Subject: only a header" + (words.chance(50) ? "\r\n" : ""));
    }

    private void noHeader() {
        text.utf8(words.prose(words.between(1, 30)).replace("\n", "\r\n"));
    }

    private void junkAmongFields() {
        text.line(
                words.one(
                        List.of(
                                "From nobody Thu Jan  1 00:00:00 1970",
                                " folded at once",
                                "junk",
                                ">From x")));
        text.line("From: " + words.person())
                .line("no colon here")
                .line(": no name")
                .line("Sub ject: x");
        text.line("Subject : space before the colon")
                .line("X\u00E9: name")
                .line("To:" + words.person());
        text.line(words.one(List.of("", " ", "\t", "--", "text at once"))).line("body");
    }

    private void longHeaderLine() {
        var name = words.one(List.of("Subject", "To", "References", "Content-Type", "X-Long"));
        text.line(
                        name
                                + ": "
                                + words.words(
                                        List.of("word", "<a@b.example>", "a@b,", ";x=y"), 20_000))
                .line("");
        text.line("body");
    }

    private void manyAddresses() {
        text.line("To: " + words.people(6_000))
                .line("Cc: Group: " + words.people(3_000) + ";")
                .line("");
    }

    private void brokenAddresses() {
        for (var name : List.of("From", "To", "Cc", "Bcc", "Sender", "Reply-To")) {
            var list = new StringBuilder();
            for (int i = words.between(1, 12); i > 0; i--) {
                list.append(
                        words.one(
                                List.of(
                                        "\"open",
                                        "(open",
                                        "<open",
                                        "a@b",
                                        "\\",
                                        ",",
                                        ";",
                                        ":",
                                        ">",
                                        ")",
                                        "@",
                                        "<>",
                                        "<@r:u@h>",
                                        "\"q\"@h",
                                        "=?utf-8?Q?x",
                                        "[",
                                        "\u00FF",
                                        " ",
                                        "\r\n ",
                                        "G:")));
            }
            text.line(name + ": " + list);
        }
        text.line("").line("body");
    }

    private void duplicateFields() {
        for (int i = words.between(2, 300); i > 0; i--) {
            text.line(
                    words.one(List.of("From", "To", "Subject", "Date", "Message-ID", "Cc"))
                            + ": "
                            + words.person());
            text.line(
                    "Content-Type: "
                            + words.one(List.of("text/html", "multipart/mixed; boundary=x", "")));
        }
        text.line("").line("--x").line("").line("body").line("--x--");
    }

    private void eightBitJunk() {
        text.line("Subject: " + junk(200)).line("From: " + junk(20) + " <" + words.address() + ">");
        text.line("Content-Type: text/plain; name=\"" + junk(30) + "\"; charset=" + junk(5))
                .line("");
        text.raw(junk(5_000));
    }

    private String junk(int length) {
        var noise = new String(MailText.noise(random, length), StandardCharsets.ISO_8859_1);
        return noise.replaceAll("[\\x00\\r\\n]", "x");
    }

    private void oddCharsets() {
        var charset =
                words.one(
                        List.of(
                                "x-unknown",
                                "utf-7",
                                "unicode-1-1-utf-7",
                                "\u00E9",
                                "",
                                "utf-16",
                                "us-ascii"));
        text.line("Subject: =?" + charset + "?Q?=E9=80?= =?" + charset + "?B?w6k?= =?utf-8?Q?open");
        text.line("Content-Type: text/plain; charset=\"" + charset + "\"").line("");
        text.raw(junk(500));
    }

    private void brokenTypes() {
        var type =
                words.one(
                        List.of(
                                "text",
                                "/",
                                "text/",
                                "/plain",
                                "multipart",
                                "multipart/",
                                "text/plain/x",
                                ";;;",
                                "text/plain; charset=\"open",
                                "text/plain (open",
                                "message/rfc822;",
                                "a/b; =c; d; e=",
                                "text/html charset=utf-8",
                                "multipart/mixed; boundary",
                                "x/y; a=b; a=c; A=d"));
        text.line("Content-Type: " + type);
        text.line(
                "Content-Transfer-Encoding: "
                        + words.one(List.of("", "base64,", "8 bit", "\"qp\"", "x-uuencode")));
        text.line(
                "Content-Disposition: "
                        + words.one(List.of("", ";", "=", "attachment; filename=a b (c).txt")));
        text.line("Content-Language: " + words.one(List.of("", ",,,", "en (x), de", "\u00E9")))
                .line("");
        text.line("body");
    }

    private void brokenContinuations() {
        text.raw("Content-Type: text/plain");
        for (int i = words.between(1, 100); i > 0; i--) {
            text.raw(
                    ";\r\n n*"
                            + words.one(
                                    List.of("0", "1", "7", "99", "x", "", "0*", "1*", "-1", "*"))
                            + "=");
            text.raw(
                    words.one(
                            List.of(
                                    "a",
                                    "\"b\"",
                                    "utf-8''%C3",
                                    "''",
                                    "%",
                                    "%ZZ",
                                    "\u00E9",
                                    "x'y")));
        }
        text.line("").line("").line("body");
    }

    private void noBoundary() {
        text.line(
                "Content-Type: multipart/mixed"
                        + words.one(List.of("", "; boundary=", "; boundary=\"\"", ";")));
        text.line("").line("--").line("").line("body").line("----");
    }

    private void wrongBoundary() {
        text.line("Content-Type: multipart/mixed; boundary=right")
                .line("")
                .line("--wrong")
                .line("")
                .line("body");
        text.line("--right" + words.one(List.of("", "er", " x", "--", "-", "---", "--x")))
                .line("")
                .line("a");
    }

    private void unclosedBoundaries() {
        for (int i = 0; i < words.between(1, 20); i++) {
            text.line("Content-Type: multipart/mixed; boundary=b" + i).line("").line("--b" + i);
        }
        text.line("").line("body").line("--b" + random.nextInt(20)).raw("Subject: cut o");
    }

    private void boundariesAlike() {
        text.line("Content-Type: multipart/mixed; boundary=b").line("").line("--b");
        text.line(
                        "Content-Type: multipart/mixed; boundary="
                                + words.one(List.of("b", "bb", "b--", "-b", "B")))
                .line("");
        for (int i = 0; i < 30; i++) {
            text.line(
                    words.one(
                            List.of(
                                    "--b", "--bb", "--b--", "--bb--", "--b----", "---b", "", "x",
                                    "--b \t", "a: b")));
        }
    }

    private void emptyParts() {
        text.line("Content-Type: multipart/mixed; boundary=b").line("");
        for (int i = 0; i < 50; i++) {
            text.line("--b")
                    .raw(
                            words.one(
                                    List.of(
                                            "",
                                            "\r\n",
                                            "\r\n\r\n",
                                            "A: b\r\n",
                                            "A: b\r\n\r\n",
                                            "x\r\n")));
        }
    }

    private void manyParts() {
        text.line("Content-Type: multipart/mixed; boundary=b").line("");
        for (int i = words.between(1_000, 5_000); i > 0; i--) {
            text.line("--b")
                    .line("Content-Type: text/x-" + i + "; name=\"part " + i + "\"")
                    .line("")
                    .line("x");
        }
    }

    private void deepMultiparts() {
        int depth = words.between(50, 400);
        for (int i = 0; i < depth; i++) {
            text.line("Content-Type: multipart/mixed; boundary=b" + i).line("").line("--b" + i);
        }
        text.line("").line("the deepest");
        for (int i = depth - 1; i >= random.nextInt(depth); i--) {
            text.line("--b" + i + "--");
        }
    }

    private void deepMessages() {
        for (int i = words.between(50, 400); i > 0; i--) {
            text.line("Subject: " + i).line("Content-Type: message/rfc822").line("");
        }
        text.line("Subject: the deepest").line("").line("body");
    }

    private void encodedMessages() {
        var encoding = words.one(List.of("base64", "quoted-printable", "7bit", "x"));
        text.line(
                "Content-Type: message/"
                        + words.one(List.of("rfc822", "global", "partial", "external-body")));
        text.line("Content-Transfer-Encoding: " + encoding)
                .line("")
                .base64(SampleMail.realistic(seed));
    }

    private void digest() {
        text.line("Content-Type: multipart/digest; boundary=b").line("");
        for (int i = 0; i < 20; i++) {
            text.line("--b")
                    .raw(
                            words.one(
                                    List.of(
                                            "\r\n",
                                            "",
                                            "Content-Type: text/plain\r\n\r\n",
                                            "x\r\n",
                                            "A: b\r\n")));
            text.line("Subject: " + i).line("").line("body");
        }
    }

    private void endlessLine() {
        var start =
                words.one(
                        List.of(
                                "",
                                "Subject: ",
                                "\r\n",
                                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b"));
        text.raw(start).raw(words.one(List.of("x", " ", "-", "--b", "a@b,")).repeat(200_000));
    }

    private void bareLineEnds() {
        for (int i = 0; i < 100; i++) {
            text.raw(
                    words.one(
                            List.of(
                                    "Subject: x",
                                    "From: a@b",
                                    "",
                                    "body",
                                    ".",
                                    "--b",
                                    " folded",
                                    "Content-Type: a/b")));
            text.raw(words.one(List.of("\r", "\n", "\r\n", "\n\r", "\r\r\n", "\r\n\r\n", "\n\n")));
        }
    }
}
