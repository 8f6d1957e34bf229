package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Disposition;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.BodyPart.Place;

/// The first parts of a structure, as many as there is budget for, with short descriptions.
final class MetaPruning {

    private static final int SHORT_VALUE = 250;
    private static final int ADDRESSES = 100;
    private static final int PARAMETERS = 8;
    private static final int LANGUAGES = 4;

    private int budget;

    MetaPruning(int budget) {
        this.budget = budget;
    }

    BodyPart prune(BodyPart part) {
        budget--;
        return switch (part) {
            case Leaf(var description, var place, long lines) ->
                    new Leaf(shorter(description), place, lines);
            case Multipart(var description, var place, var parts) ->
                    new Multipart(shorter(description), place, first(parts, place));
            case Embedded(var description, var place, long lines, var envelope, var message) ->
                    new Embedded(
                            shorter(description),
                            place,
                            lines,
                            MetaFitting.cut(envelope, ADDRESSES),
                            budget > 0 ? prune(message) : whole(place, lines));
        };
    }

    private List<BodyPart> first(List<BodyPart> parts, Place place) {
        var first = new ArrayList<BodyPart>();
        for (var part : parts) {
            if (budget > 0) {
                first.add(prune(part));
            }
        }
        return first.isEmpty() ? List.of(whole(place, 0)) : first;
    }

    private static Leaf whole(Place place, long lines) {
        return new Leaf(
                EntityHeader.plainText(EntityHeader.SEVEN_BIT),
                new Place(place.body(), place.body(), place.end()),
                lines);
    }

    private static Description shorter(Description whole) {
        var disposition = whole.disposition();
        return new Description(
                cut(whole.type(), SHORT_VALUE),
                cut(whole.subtype(), SHORT_VALUE),
                shorter(whole.parameters()),
                MetaFitting.cut(whole.id()),
                MetaFitting.cut(whole.description()),
                cut(whole.encoding(), SHORT_VALUE),
                MetaFitting.cut(whole.md5()),
                disposition == null
                        ? null
                        : new Disposition(
                                cut(disposition.type(), SHORT_VALUE),
                                shorter(disposition.parameters())),
                whole.languages().stream()
                        .limit(LANGUAGES)
                        .map(tag -> cut(tag, SHORT_VALUE))
                        .toList(),
                MetaFitting.cut(whole.location()));
    }

    private static List<Parameter> shorter(List<Parameter> parameters) {
        return parameters.stream()
                .limit(PARAMETERS)
                .map(p -> new Parameter(cut(p.name(), SHORT_VALUE), cut(p.value(), SHORT_VALUE)))
                .toList();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
