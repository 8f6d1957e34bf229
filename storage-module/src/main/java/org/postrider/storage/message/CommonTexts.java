package org.postrider.storage.message;

import java.util.HashMap;
import java.util.Map;

/// Texts that many messages have: a meta names them by their place in this list. The list belongs
/// to the stored form, so new ones go to its end and none is ever taken out or moved.
final class CommonTexts {

    private static final String[] TEXTS = {
        "",
        "TEXT",
        "PLAIN",
        "HTML",
        "7BIT",
        "8BIT",
        "QUOTED-PRINTABLE",
        "BASE64",
        "MULTIPART",
        "ALTERNATIVE",
        "MIXED",
        "RELATED",
        "charset",
        "boundary",
        "utf-8",
        "UTF-8",
        "us-ascii",
        "US-ASCII",
        "iso-8859-1",
        "ISO-8859-1",
        "iso-8859-15",
        "windows-1252",
        "Windows-1252",
        "format",
        "flowed",
        "name",
        "filename",
        "attachment",
        "inline",
        "APPLICATION",
        "OCTET-STREAM",
        "PDF",
        "IMAGE",
        "PNG",
        "JPEG",
        "GIF",
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Message-Id",
        "MIME-Version",
        "Mime-Version",
        "Content-Type",
        "Cc",
        "Reply-To",
        "In-Reply-To",
        "References",
        "Sender",
        "Return-Path",
        "Delivered-To",
        "List-Id",
        "List-ID",
        "List-Unsubscribe",
        "List-Post",
        "Precedence",
        "X-Priority",
        "Importance",
        "Auto-Submitted",
        "MESSAGE",
        "RFC822",
        "DELIVERY-STATUS",
        "REPORT",
        "report-type",
        "SIGNED",
        "protocol",
        "micalg",
        "type",
        "size",
        "creation-date",
        "modification-date",
        "filename*",
        "name*",
        "method",
        "REQUEST",
        "CALENDAR",
        "BINARY",
        "delsp",
        "yes",
        "no",
        "no-cache",
        ": 1.0\r\n",
        "gmail.com",
        "en",
        "en-US",
        "multipart/alternative",
        "iso-2022-jp",
        "gb2312",
        "koi8-r",
        "JPG",
        "ZIP",
        "DIGEST",
        "PGP-SIGNATURE",
        "PKCS7-SIGNATURE",
        "MSWORD",
        "CSV",
        "CSS",
        "XML",
        "CC",
        "Bcc",
        ": bulk\r\n",
        ": list\r\n",
        ": 3\r\n",
        ": normal\r\n",
        "SVG+XML",
        "WEBP",
        "HEIC",
        "VCARD",
        "X-VCARD",
        "RFC822-HEADERS",
        "FEEDBACK-REPORT",
        "GLOBAL",
        "AUDIO",
        "VIDEO",
        "MP4",
        "JSON",
    };

    private static final int LONGEST = 32;
    private static final Map<String, Integer> INDEX = index();

    private CommonTexts() {}

    /// The text's place in the list, or -1.
    static int indexOf(String text) {
        return text.length() > LONGEST ? -1 : INDEX.getOrDefault(text, -1);
    }

    static String at(long index) {
        if (index >= TEXTS.length) {
            throw new CorruptMeta("no common text " + index);
        }
        return TEXTS[(int) index];
    }

    private static Map<String, Integer> index() {
        var index = new HashMap<String, Integer>();
        for (int i = 0; i < TEXTS.length; i++) {
            index.put(TEXTS[i], i);
        }
        return index;
    }
}
