package org.postrider.app.config;

/// Whether a number that was set is one the server can live with.
final class Bounds {

    private Bounds() {}

    static <T extends Comparable<T>> void check(String key, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new SettingProblem(
                    key + "=" + value,
                    "is out of bounds",
                    "choose something from " + least + " to " + most + ".");
        }
    }
}
