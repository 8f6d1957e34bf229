package org.postrider.storage.jdbc.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Divides a list so that what a portion of it has in octets may be in memory together.
final class Portions {

    private Portions() {}

    /// Portions in the order of the list.
    ///
    /// @param most elements in one
    /// @param mostOctets in one, unless a single element has more
    static <T> List<List<T>> of(
            List<T> all, int most, long mostOctets, ToIntFunction<? super T> octets) {
        var portions = new ArrayList<List<T>>();
        int from = 0;
        long sum = 0;
        for (int at = 0; at < all.size(); at++) {
            int more = octets.applyAsInt(all.get(at));
            if (at - from == most || (at > from && sum + more > mostOctets)) {
                portions.add(all.subList(from, at));
                from = at;
                sum = 0;
            }
            sum += more;
        }
        if (from < all.size()) {
            portions.add(all.subList(from, all.size()));
        }
        return portions;
    }
}
