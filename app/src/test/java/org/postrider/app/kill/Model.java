package org.postrider.app.kill;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What one client answers for: its messages wherever they are, and the mailboxes that are its own.
record Model(SortedMap<Place, Box> boxes) {

    Model {
        boxes = new TreeMap<>(boxes);
    }

    Box box(Place place) {
        var box = boxes.get(place);
        if (box == null) {
            throw new IllegalArgumentException("no " + place);
        }
        return box;
    }

    boolean has(Place place) {
        return boxes.containsKey(place);
    }

    List<Place> places(String account) {
        return boxes.keySet().stream().filter(place -> place.account().equals(account)).toList();
    }

    int letters() {
        return boxes.values().stream().mapToInt(box -> box.letters().size()).sum();
    }

    Model with(Place place, Box box) {
        var changed = new TreeMap<>(boxes);
        changed.put(place, box);
        return new Model(changed);
    }

    Model with(Place place, UnaryOperator<Box> change) {
        return with(place, change.apply(box(place)));
    }

    Model without(Place place) {
        var changed = new TreeMap<>(boxes);
        changed.remove(place);
        return new Model(changed);
    }

    /// This model with the UIDs that were found, if what was found is exactly this.
    ///
    /// @param mine which messages count
    /// @param own which mailboxes are the client's, so that they must be in the model
    Optional<Model> asFound(Map<Place, Box> found, Predicate<Letter> mine, Predicate<Place> own) {
        var known = new TreeMap<Place, Box>();
        for (var each : found.entrySet()) {
            var place = each.getKey();
            var letters = each.getValue().without(mine.negate());
            if (has(place)) {
                var box = box(place).asFound(letters);
                if (box.isEmpty()) {
                    return Optional.empty();
                }
                known.put(place, box.get());
            } else if (own.test(place) || !letters.letters().isEmpty()) {
                return Optional.empty();
            }
        }
        return known.keySet().equals(boxes.keySet())
                ? Optional.of(new Model(known))
                : Optional.empty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        boxes.forEach((place, box) -> {
            text.append(place).append(" (").append(box.uidValidity()).append(")\n");
            box.letters()
                    .forEach(letter ->
                            text.append(
                                    "  %d %s %s%n"
                                            .formatted(
                                                    letter.uid(), letter.name(), letter.flags())));
        });
        return text.toString();
    }
}
