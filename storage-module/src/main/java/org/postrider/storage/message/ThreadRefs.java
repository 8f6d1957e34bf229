package org.postrider.storage.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What ties a message to others (RFC 5322 §3.6.4): hashes of its Message-ID and of those it
/// answers. Of many References the first and the last few count, which are those that a reply most
/// likely shares with what came before.
public final class ThreadRefs {

    /// The most that are taken of one message.
    public static final int MOST = 6;

    private static final int LAST_REFERENCES = 3;

    private ThreadRefs() {}

    /// The message's own Message-ID first, then those it answers, the nearest first; none when it
    /// has none of these fields.
    public static List<Long> of(MessageMeta meta) {
        return of(
                meta.envelope(),
                meta.fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase("References"))
                        .toList());
    }

    private static List<Long> of(Envelope envelope, List<HeaderField> references) {
        var named = new LinkedHashSet<String>();
        first(identifiers(envelope.messageId()), named);
        first(identifiers(envelope.inReplyTo()), named);
        if (!references.isEmpty()) {
            var all = identifiers(references.getFirst().body());
            all.reversed().stream().limit(LAST_REFERENCES).forEach(named::add);
            first(all, named);
        }
        return named.stream().limit(MOST).map(ThreadRefs::hash).toList();
    }

    private static void first(List<String> identifiers, Set<String> named) {
        if (!identifiers.isEmpty()) {
            named.add(identifiers.getFirst());
        }
    }

    /// What stands in angle brackets, white space left out: some programs fold inside.
    private static List<String> identifiers(@Nullable String text) {
        var found = new ArrayList<String>();
        int open = text == null ? -1 : text.indexOf('<');
        while (text != null && open >= 0) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                break;
            }
            var identifier = text.substring(open + 1, close).replaceAll("\\s", "");
            if (!identifier.isEmpty()) {
                found.add(identifier);
            }
            open = text.indexOf('<', close);
        }
        return found;
    }

    private static long hash(String identifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var octets = digest.digest(identifier.getBytes(StandardCharsets.ISO_8859_1));
            return ByteBuffer.wrap(octets).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
