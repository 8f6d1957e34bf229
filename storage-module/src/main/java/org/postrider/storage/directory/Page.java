package org.postrider.storage.directory;

import java.util.List;
import java.util.Optional;

/// Some of many, in order.
///
/// @param next after what the next page begins, if there is one
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }
}
