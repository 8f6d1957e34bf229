package org.postrider.storage.jdbc.account;

import java.util.BitSet;

/// Keywords of a mailbox by their numbers.
///
/// @param numbers one character a keyword, ascending
public record KeywordSet(String numbers) {

    public static KeywordSet of(BitSet keywords) {
        var numbers = new StringBuilder(keywords.cardinality());
        keywords.stream().forEach(number -> numbers.append((char) number));
        return new KeywordSet(numbers.toString());
    }

    /// This set and a keyword with a higher number.
    public KeywordSet with(char number) {
        return new KeywordSet(numbers + number);
    }

    public BitSet keywords() {
        var keywords = new BitSet();
        numbers.chars().forEach(keywords::set);
        return keywords;
    }
}
