package org.postrider.storage.jdbc;

import java.util.BitSet;

/// Keywords of a mailbox by their numbers.
///
/// @param numbers one character a keyword, ascending
record KeywordSet(String numbers) {

    static KeywordSet of(BitSet keywords) {
        var numbers = new StringBuilder(keywords.cardinality());
        keywords.stream().forEach(number -> numbers.append((char) number));
        return new KeywordSet(numbers.toString());
    }

    /// This set and a keyword with a higher number.
    KeywordSet with(char number) {
        return new KeywordSet(numbers + number);
    }

    BitSet keywords() {
        var keywords = new BitSet();
        numbers.chars().forEach(keywords::set);
        return keywords;
    }
}
