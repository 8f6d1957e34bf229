package org.postrider.storage.message;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.Envelope.Address;

/// A meta as single fields, under the keys that `email_fields.py` uses.
final class MetaFields {

    private final Map<String, String> fields = new TreeMap<>();

    private MetaFields() {}

    static Map<String, String> of(MessageMeta meta) {
        var all = new MetaFields();
        all.envelope("envelope.", meta.envelope());
        all.part("", meta.structure());
        return all.fields;
    }

    private void say(String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }

    private void envelope(String key, Envelope envelope) {
        say(key + "date", envelope.date());
        say(key + "subject", envelope.subject());
        say(key + "in-reply-to", envelope.inReplyTo());
        say(key + "message-id", envelope.messageId());
        addresses(key + "from", envelope.from());
        addresses(key + "sender", envelope.sender());
        addresses(key + "reply-to", envelope.replyTo());
        addresses(key + "to", envelope.to());
        addresses(key + "cc", envelope.cc());
        addresses(key + "bcc", envelope.bcc());
    }

    private void addresses(String key, List<Address> addresses) {
        var told =
                addresses.stream()
                        .filter(address -> address.host() != null)
                        .map(MetaFields::address)
                        .collect(Collectors.joining("\n"));
        say(key, told.isEmpty() ? null : told);
    }

    private static String address(Address address) {
        var name = address.name() == null ? "" : address.name();
        var host = address.host() == null || address.host().isEmpty() ? "" : "@" + address.host();
        return name + "\t" + address.mailbox() + host;
    }

    private void part(String key, BodyPart part) {
        description(key, part.description());
        switch (part) {
            case Leaf(_, var place, long lines) -> {
                say(key + "shape", "leaf");
                say(key + "octets", Long.toString(place.octets()));
                say(key + "lines", Long.toString(lines));
            }
            case Embedded(_, _, _, var envelope, var message) -> {
                say(key + "shape", "message");
                envelope(key + "m.envelope.", envelope);
                part(key + "m.", message);
            }
            case Multipart(_, _, var parts) -> {
                say(key + "shape", "parts " + parts.size());
                for (int i = 0; i < parts.size(); i++) {
                    part(key + (i + 1) + ".", parts.get(i));
                }
            }
        }
    }

    private void description(String key, Description description) {
        say(key + "type", description.type());
        say(key + "subtype", description.subtype());
        parameters(key + "parameter.", description.parameters());
        say(key + "encoding", description.encoding());
        say(key + "content-id", description.id());
        say(key + "content-description", description.description());
        say(key + "content-md5", description.md5());
        say(key + "content-location", description.location());
        say(
                key + "content-language",
                description.languages().isEmpty()
                        ? null
                        : String.join(", ", description.languages()));
        var disposition = description.disposition();
        if (disposition != null) {
            say(key + "disposition", disposition.type());
            parameters(key + "disposition.", disposition.parameters());
        }
    }

    private void parameters(String key, List<Parameter> parameters) {
        for (var parameter : parameters) {
            var name = FieldName.key(parameter.name());
            fields.putIfAbsent(
                    key + name,
                    name.endsWith("*") ? percentDecoded(parameter.value()) : parameter.value());
        }
    }

    private static String percentDecoded(String value) {
        var text = new StringBuilder();
        int i = 0;
        while (i < value.length()) {
            int octet = value.charAt(i) == '%' ? HexDigits.octetAt(value, i + 1) : -1;
            text.append(octet < 0 ? value.charAt(i) : (char) octet);
            i += octet < 0 ? 1 : 3;
        }
        return text.toString();
    }
}
