package org.postrider.storage.message;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.Envelope.Address;

/// A meta as IMAP would tell it, so that expectations read like the protocol.
final class MetaText {

    private MetaText() {}

    static String envelope(Envelope envelope) {
        return "("
                + String.join(
                        " ",
                        text(envelope.date()),
                        text(envelope.subject()),
                        addresses(envelope.from()),
                        addresses(envelope.sender()),
                        addresses(envelope.replyTo()),
                        addresses(envelope.to()),
                        addresses(envelope.cc()),
                        addresses(envelope.bcc()),
                        text(envelope.inReplyTo()),
                        text(envelope.messageId()))
                + ")";
    }

    static String addresses(List<Address> addresses) {
        return addresses.isEmpty()
                ? "NIL"
                : addresses.stream()
                        .map(MetaText::address)
                        .collect(Collectors.joining("", "(", ")"));
    }

    private static String address(Address address) {
        return "("
                + String.join(
                        " ",
                        text(address.name()),
                        text(address.route()),
                        text(address.mailbox()),
                        text(address.host()))
                + ")";
    }

    static String structure(BodyPart part) {
        return switch (part) {
            case Leaf(var d, var place, long lines) ->
                    "("
                            + single(d, place.octets())
                            + (d.type().equals("TEXT") ? " " + lines : "")
                            + " "
                            + text(d.md5())
                            + extension(d)
                            + ")";
            case Embedded(var d, var place, long lines, var envelope, var message) ->
                    "("
                            + single(d, place.octets())
                            + " "
                            + envelope(envelope)
                            + " "
                            + structure(message)
                            + " "
                            + lines
                            + " "
                            + text(d.md5())
                            + extension(d)
                            + ")";
            case Multipart(var d, _, var parts) ->
                    "("
                            + parts.stream().map(MetaText::structure).collect(Collectors.joining())
                            + " "
                            + text(d.subtype())
                            + " "
                            + parameters(d.parameters())
                            + extension(d)
                            + ")";
        };
    }

    /// The whole tree in one line: kind, header, body, end of each part.
    static String places(BodyPart part) {
        var place = part.place();
        var own = place.header() + "-" + place.body() + "-" + place.end();
        return switch (part) {
            case Leaf(_, _, long lines) -> own + "/" + lines;
            case Embedded(_, _, long lines, _, var message) ->
                    own + "/" + lines + "{" + places(message) + "}";
            case Multipart(_, _, var parts) ->
                    own
                            + parts.stream()
                                    .map(MetaText::places)
                                    .collect(Collectors.joining(" ", "[", "]"));
        };
    }

    private static String single(Description d, long octets) {
        return String.join(
                " ",
                text(d.type()),
                text(d.subtype()),
                parameters(d.parameters()),
                text(d.id()),
                text(d.description()),
                text(d.encoding()),
                Long.toString(octets));
    }

    private static String extension(Description d) {
        var disposition = d.disposition();
        return " "
                + (disposition == null
                        ? "NIL"
                        : "("
                                + text(disposition.type())
                                + " "
                                + parameters(disposition.parameters())
                                + ")")
                + " "
                + (d.languages().isEmpty()
                        ? "NIL"
                        : d.languages().stream()
                                .map(MetaText::text)
                                .collect(Collectors.joining(" ", "(", ")")))
                + " "
                + text(d.location());
    }

    private static String parameters(List<Parameter> parameters) {
        return parameters.isEmpty()
                ? "NIL"
                : parameters.stream()
                        .map(p -> text(p.name()) + " " + text(p.value()))
                        .collect(Collectors.joining(" ", "(", ")"));
    }

    private static String text(@Nullable String text) {
        return text == null
                ? "NIL"
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
