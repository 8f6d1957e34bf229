package org.postrider.imap.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SystemFlag;

/// Writes flags. Messages with equal flags share one [Flags] object, so each is put into words once
/// a command, however many messages have it.
public final class FlagsText {

    private final IdentityHashMap<Flags, byte[]> plain = new IdentityHashMap<>();
    private final IdentityHashMap<Flags, byte[]> recent = new IdentityHashMap<>();

    /// `FLAGS (\Seen $Forwarded)`
    public void write(ImapWriter out, Flags flags, boolean isRecent) throws IOException {
        out.octets((isRecent ? recent : plain).computeIfAbsent(flags, key -> words(key, isRecent)));
    }

    /// The keywords and system flags of a mailbox: `(\Answered … $Forwarded)`, with `\*` when more
    /// may be made.
    public static String list(List<String> keywords, boolean more) {
        var text = new StringJoiner(" ", "(", ")");
        for (var flag : SystemFlag.values()) {
            text.add(word(flag));
        }
        keywords.forEach(text::add);
        if (more) {
            text.add("\\*");
        }
        return text.toString();
    }

    private static byte[] words(Flags flags, boolean isRecent) {
        var text = new StringJoiner(" ", "FLAGS (", ")");
        for (var flag : SystemFlag.values()) {
            if (flags.has(flag)) {
                text.add(word(flag));
            }
        }
        if (isRecent) {
            text.add("\\Recent");
        }
        flags.keywords().forEach(text::add);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String word(SystemFlag flag) {
        return switch (flag) {
            case SEEN -> "\\Seen";
            case ANSWERED -> "\\Answered";
            case FLAGGED -> "\\Flagged";
            case DELETED -> "\\Deleted";
            case DRAFT -> "\\Draft";
        };
    }
}
