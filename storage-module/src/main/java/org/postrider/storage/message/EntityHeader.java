package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Disposition;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.Envelope.Address;

/// What the header of a message or a part says: the MIME fields (RFC 2045 §3), and for a message
/// the envelope. Of a field that must be there once, the first counts; addresses of several fields
/// of a name are taken together, as Dovecot does.
final class EntityHeader {

    static final String SEVEN_BIT = "7BIT";

    private final MessageLimits limits;
    private final boolean message;
    private final boolean messageByDefault;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<Address>> addresses = new HashMap<>();
    private int addressCount;

    /// What [#delimiter] has found, empty for none; null until it has looked.
    private @Nullable String delimiter;

    private EntityHeader(MessageLimits limits, boolean message, boolean messageByDefault) {
        this.limits = limits;
        this.message = message;
        this.messageByDefault = messageByDefault;
    }

    static EntityHeader ofMessage(MessageLimits limits) {
        return new EntityHeader(limits, true, false);
    }

    /// @param messageByDefault without Content-Type it is message/rfc822 (RFC 2046 §5.1.5)
    static EntityHeader ofPart(MessageLimits limits, boolean messageByDefault) {
        return new EntityHeader(limits, false, messageByDefault);
    }

    /// What a body without a Content-Type is (RFC 2045 §5.2).
    static Description plainText(String encoding) {
        return new Description(
                "TEXT",
                "PLAIN",
                List.of(new Parameter("charset", "us-ascii")),
                null,
                null,
                encoding,
                null,
                null,
                List.of(),
                null);
    }

    void add(String name, OctetBuffer field) {
        var key = FieldName.key(name);
        switch (key) {
            case "content-type",
                    "content-transfer-encoding",
                    "content-id",
                    "content-description",
                    "content-md5",
                    "content-disposition",
                    "content-language",
                    "content-location" ->
                    addMime(key, field);
            case "date", "subject", "in-reply-to", "message-id" -> {
                if (message) {
                    texts.putIfAbsent(key, limits.text(body(field)));
                }
            }
            case "from", "sender", "reply-to", "to", "cc", "bcc" -> {
                if (message) {
                    addAddresses(key, body(field));
                }
            }
            default -> {}
        }
    }

    private void addMime(String key, OctetBuffer field) {
        if (texts.putIfAbsent(key, body(field)) == null) {
            delimiter = null;
        }
    }

    private static String body(OctetBuffer field) {
        return new HeaderField("", field.text(0, field.length())).body();
    }

    private void addAddresses(String key, String list) {
        var read = AddressList.read(list, limits.addresses() - addressCount);
        addressCount += read.size();
        addresses.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(read);
    }

    /// The envelope of a message; a part has none.
    Optional<Envelope> envelope() {
        if (!message) {
            return Optional.empty();
        }
        var from = addresses("from");
        var sender = addresses("sender");
        var replyTo = addresses("reply-to");
        return Optional.of(
                new Envelope(
                        text("date"),
                        text("subject"),
                        from,
                        sender.isEmpty() ? from : sender,
                        replyTo.isEmpty() ? from : replyTo,
                        addresses("to"),
                        addresses("cc"),
                        addresses("bcc"),
                        text("in-reply-to"),
                        text("message-id")));
    }

    Description description() {
        var type = MimeValue.read(texts.getOrDefault("content-type", ""), limits);
        var plain = plainText(encoding());
        var media = type.media().orElse(new MimeValue.Media(plain.type(), plain.subtype()));
        var parameters =
                type.media().isEmpty() && type.parameters().isEmpty()
                        ? plain.parameters()
                        : type.parameters();
        if (messageByDefault && !texts.containsKey("content-type")) {
            media = new MimeValue.Media("MESSAGE", "RFC822");
            parameters = List.of();
        }
        return new Description(
                media.type(),
                media.subtype(),
                parameters,
                text("content-id"),
                text("content-description"),
                plain.encoding(),
                text("content-md5"),
                disposition(),
                MimeValue.tokens(texts.getOrDefault("content-language", ""), limits.parameters()),
                text("content-location"));
    }

    private String encoding() {
        var text = texts.getOrDefault("content-transfer-encoding", "");
        var encoding = MimeValue.upper(MimeValue.token(text));
        // "quoted printable" and "8 bit" are seen in the wild.
        return switch (encoding) {
            case "" -> SEVEN_BIT;
            case "QUOTED" -> "QUOTED-PRINTABLE";
            case "7", "8" -> encoding + "BIT";
            default -> encoding;
        };
    }

    /// The line that parts a multipart with this header, as the header says it.
    Optional<String> delimiter() {
        if (delimiter == null) {
            var type = MimeValue.read(texts.getOrDefault("content-type", ""), limits);
            delimiter =
                    type.boundary()
                            .filter(text -> text.length() <= limits.boundaryOctets())
                            .map(text -> "--" + text)
                            .orElse("");
        }
        return Optional.of(delimiter).filter(text -> !text.isEmpty());
    }

    private @Nullable Disposition disposition() {
        var value = MimeValue.read(texts.getOrDefault("content-disposition", ""), limits);
        var type = MimeValue.token(value.value());
        return type.isEmpty() ? null : new Disposition(type, value.parameters());
    }

    /// The text of a field; null is NIL.
    private @Nullable String text(String key) {
        var text = texts.get(key);
        return text == null ? null : limits.text(text);
    }

    private List<Address> addresses(String key) {
        return addresses.getOrDefault(key, List.of());
    }
}
