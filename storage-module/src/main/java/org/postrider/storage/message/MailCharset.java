package org.postrider.storage.message;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The charset that mail means when it names one.
///
/// Names are the IANA's and those that Java knows as aliases. Where a name is commonly used for
/// more than it stands for, the larger charset is taken, as web browsers do (WHATWG Encoding §4.2):
/// windows-1252 for ISO 8859-1, GB 18030 for GB 2312. Nothing that claims to be ASCII or UTF-8 can
/// be relied on, so both are read as [Utf8OrWindows1252], and so is a charset nobody knows.
final class MailCharset {

    /// Whoever does not say, or cannot be believed.
    static final MailCharset UNKNOWN = new MailCharset(null);

    private static final int LONGEST_NAME = 64;
    private static final int MOST_NAMES = 1_000;

    private static final Map<String, String> LARGER =
            Map.ofEntries(
                    Map.entry("iso-8859-1", "windows-1252"),
                    Map.entry("latin1", "windows-1252"),
                    Map.entry("iso-8859-9", "windows-1254"),
                    Map.entry("iso-8859-11", "x-windows-874"),
                    Map.entry("tis-620", "x-windows-874"),
                    Map.entry("gb2312", "GB18030"),
                    Map.entry("gb_2312-80", "GB18030"),
                    Map.entry("gbk", "GB18030"),
                    Map.entry("x-gbk", "GB18030"),
                    Map.entry("cp936", "GB18030"),
                    Map.entry("big5", "Big5-HKSCS"),
                    Map.entry("shift_jis", "windows-31j"),
                    Map.entry("shift-jis", "windows-31j"),
                    Map.entry("x-sjis", "windows-31j"),
                    Map.entry("sjis", "windows-31j"),
                    Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
                    Map.entry("ks_c_5601-1987", "x-windows-949"),
                    Map.entry("ks_c_5601", "x-windows-949"),
                    Map.entry("euc-kr", "x-windows-949"),
                    Map.entry("cp-850", "IBM850"),
                    Map.entry("iso-8859-8-i", "ISO-8859-8"),
                    Map.entry("iso-8859-8-e", "ISO-8859-8"),
                    Map.entry("iso-8859-6-i", "ISO-8859-6"),
                    Map.entry("macintosh", "x-MacRoman"),
                    Map.entry("x-mac-roman", "x-MacRoman"),
                    Map.entry("unicode", "UTF-16"));

    private static final Map<String, MailCharset> KNOWN = new ConcurrentHashMap<>();

    private final @Nullable Charset charset;

    private MailCharset(@Nullable Charset charset) {
        this.charset = charset;
    }

    /// The charset of this name, or [#UNKNOWN].
    static MailCharset named(String name) {
        var key = name.strip().toLowerCase(Locale.ROOT);
        var known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        var found = find(key);
        // A name comes from a message: what is remembered of them has an end.
        if (KNOWN.size() < MOST_NAMES && key.length() <= LONGEST_NAME) {
            KNOWN.put(key, found);
        }
        return found;
    }

    /// What the octets say, with U+FFFD where they say nothing.
    String text(byte[] octets) {
        return charset == null ? Utf8OrWindows1252.text(octets) : new String(octets, charset);
    }

    Reader reader(InputStream octets) {
        return charset == null
                ? new Utf8OrWindows1252(octets)
                : new InputStreamReader(octets, charset);
    }

    private static MailCharset find(String key) {
        try {
            var charset = Charset.forName(LARGER.getOrDefault(key, key));
            return switch (charset.name()) {
                case "UTF-8", "US-ASCII" -> UNKNOWN;
                case "ISO-8859-1" -> new MailCharset(Charset.forName("windows-1252"));
                default -> new MailCharset(charset);
            };
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return UNKNOWN;
        }
    }
}
