package org.postrider.storage.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field in which we and Python's email package differ.
///
/// @param part the key of the part it belongs to, with its final dot; empty for the message
/// @param name the field's name within the part, such as `octets` or `envelope.to`
/// @param ours what we say; null for nothing
/// @param theirs what Python says
/// @param allOurs all that we say of the message
/// @param allTheirs all that Python says of it
record PythonDifference(
        String file,
        String part,
        String name,
        @Nullable String ours,
        @Nullable String theirs,
        Map<String, String> allOurs,
        Map<String, String> allTheirs) {

    String our(String fieldName) {
        return allOurs.getOrDefault(part + fieldName, "");
    }

    String their(String fieldName) {
        return allTheirs.getOrDefault(part + fieldName, "");
    }

    String oursOrEmpty() {
        return ours == null ? "" : ours;
    }

    String theirsOrEmpty() {
        return theirs == null ? "" : theirs;
    }

    /// Python noted this defect in the part itself or in one around it.
    boolean hasDefect(String defect) {
        var key = part;
        while (true) {
            if (allTheirs.getOrDefault(key + "defects", "").contains(defect)) {
                return true;
            }
            if (key.isEmpty()) {
                return false;
            }
            key = around(key);
        }
    }

    static String around(String part) {
        return part.substring(0, part.lastIndexOf('.', part.length() - 2) + 1);
    }

    /// How many parts there are around this one.
    long depth() {
        return part.chars().filter(c -> c == '.').count();
    }

    @Override
    public String toString() {
        return file + "\n    " + part + name + "\n    ours   " + ours + "\n    theirs " + theirs;
    }
}
