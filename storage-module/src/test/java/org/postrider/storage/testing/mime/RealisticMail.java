package org.postrider.storage.testing.mime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/// Writes mail as it is: see [SampleMail#realistic(long)].
final class RealisticMail {

    private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");
    private static final int DAY = 86_400;

    private final Random random;
    private final Vocabulary words;
    private final MailText text = new MailText();
    private int boundaries;

    RealisticMail(long seed) {
        random = new Random(seed);
        words = new Vocabulary(random);
    }

    byte[] octets(int atLeast) {
        header();
        if (atLeast > 0) {
            multipart("mixed", () -> part(2), () -> attachment(atLeast * 3 / 4));
        } else {
            part(3);
        }
        return text.toBytes();
    }

    private void header() {
        var date = date(EPOCH.plusSeconds(random.nextInt(2_000 * DAY)));
        for (int i = words.between(1, 5); i > 0; i--) {
            text.line(
                    "Received: from mx"
                            + i
                            + ".example.test (mx"
                            + i
                            + ".example.test [192.0.2."
                            + i
                            + "])");
            text.line("\tby mail.example.test (Postfix) with ESMTPS id " + random.nextInt(1 << 30));
            text.line("\tfor <" + words.address() + ">; " + date);
        }
        if (words.chance(50)) {
            signature();
        }
        field("Date", date);
        field("From", words.person());
        field("To", words.people(words.between(1, words.chance(5) ? 200 : 4)));
        if (words.chance(30)) {
            field("Cc", words.people(words.between(1, 6)));
        }
        if (words.chance(15)) {
            field("Reply-To", words.person());
        }
        field("Subject", subject());
        field("Message-ID", words.messageId());
        if (words.chance(40)) {
            thread(words.between(1, words.chance(20) ? 60 : 6));
        }
        if (words.chance(20)) {
            list();
        }
        field("MIME-Version", "1.0");
    }

    private void signature() {
        text.line("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.test;");
        text.line("\th=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;");
        text.raw("\tb=").base64(MailText.noise(random, 51));
    }

    private void thread(int messages) {
        var references = new StringBuilder(words.messageId());
        for (int i = 1; i < messages; i++) {
            references.append("\r\n ").append(words.messageId());
        }
        field("In-Reply-To", words.messageId());
        field("References", references.toString());
    }

    private void list() {
        field("List-Id", "Ships and Boats <ships.example.test>");
        field("List-Unsubscribe", "<mailto:leave@example.test>,\r\n <https://example.test/leave>");
        field("Precedence", "list");
    }

    private String subject() {
        var re = words.chance(40) ? "Re: " : "";
        var language = words.language();
        var plain = words.words(language, words.between(1, 9));
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(plain);
        return re + (ascii ? plain : words.encodedWords(plain));
    }

    private void field(String name, String body) {
        text.line(name + ": " + body);
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.ofHours(1)));
    }

    /// The header and body of a part, with parts inside it up to a depth.
    private void part(int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 3)) {
            case 0 -> plain();
            case 1 -> quotedPrintable("plain", words.prose(words.between(1, 60)));
            case 2 -> html();
            case 3, 4 -> multipart("alternative", this::plain, this::html);
            case 5 -> multipart("mixed", () -> part(depth - 1), this::attachment, this::attachment);
            case 6 -> multipart("related", this::html, this::picture);
            case 7 -> forwarded(depth);
            default -> report();
        }
    }

    private void plain() {
        text.line(
                "Content-Type: text/plain; charset=utf-8"
                        + (words.chance(30) ? "; format=flowed" : ""));
        text.line("Content-Transfer-Encoding: 8bit").line("");
        text.utf8(words.prose(words.between(1, 60)).replace("\n", "\r\n"));
    }

    private void quotedPrintable(String subtype, String prose) {
        text.line("Content-Type: text/" + subtype + ";\r\n\tcharset=\"UTF-8\"");
        text.line("Content-Transfer-Encoding: quoted-printable").line("");
        text.quotedPrintable(prose);
    }

    private void html() {
        var prose = words.prose(words.between(1, 40)).replace("\n", "<br>\n");
        quotedPrintable("html", "<html><body style=\"margin:0\">\n" + prose + "</body></html>");
    }

    private void attachment() {
        attachment(words.between(100, 20_000));
    }

    private void attachment(int size) {
        var name = words.words(words.language(), 2);
        text.line("Content-Type: application/" + words.one(List.of("pdf", "octet-stream", "zip")));
        text.line("Content-Transfer-Encoding: base64");
        text.line(
                "Content-Disposition: attachment;\r\n filename*=utf-8''"
                        + percent(name)
                        + ";\r\n size="
                        + size);
        text.line("").base64(MailText.noise(random, size));
    }

    private void picture() {
        text.line("Content-Type: image/png; name=\"logo.png\"");
        text.line("Content-Transfer-Encoding: base64");
        text.line("Content-ID: " + words.messageId());
        text.line("Content-Disposition: inline; filename=\"logo.png\"");
        text.line("").base64(MailText.noise(random, words.between(100, 5_000)));
    }

    private void forwarded(int depth) {
        multipart(
                "mixed",
                this::plain,
                () -> {
                    text.line("Content-Type: message/rfc822");
                    text.line("Content-Disposition: attachment").line("");
                    header();
                    part(depth - 1);
                });
    }

    private void report() {
        multipart(
                "report; report-type=delivery-status",
                this::plain,
                () -> {
                    text.line("Content-Type: message/delivery-status").line("");
                    text.line("Reporting-MTA: dns; mail.example.test").line("");
                    text.line("Final-Recipient: rfc822; " + words.address());
                    text.line("Action: failed").line("Status: 5.1.1");
                });
    }

    private void multipart(String subtype, Runnable... parts) {
        boundaries++;
        var boundary = "=_" + Integer.toHexString(random.nextInt()) + "." + boundaries;
        text.line("Content-Type: multipart/" + subtype + ";\r\n boundary=\"" + boundary + "\"")
                .line("");
        if (words.chance(50)) {
            text.line("This is a message in many parts.");
        }
        for (var part : parts) {
            text.line("").line("--" + boundary);
            part.run();
        }
        text.line("").line("--" + boundary + "--");
    }

    private static String percent(String name) {
        var encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= 'a' && octet <= 'z';
            encoded.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xFF));
        }
        return encoded.toString();
    }
}
