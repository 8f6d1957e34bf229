package org.postrider.smtp.wire;

import java.util.Locale;
import java.util.Set;

/// One parameter of MAIL or RCPT (RFC 5321 §4.1.2 `esmtp-param`).
///
/// @param keyword in upper case
/// @param value empty when there is none
record Parameter(String keyword, String value) {

    private static final int LONGEST_KEYWORD = 64;

    /// Takes the next parameter.
    ///
    /// @param seen the keywords there were, to which this one is added
    static Parameter next(CommandReader reader, Set<String> seen) throws SyntaxFault {
        var word = reader.takeWord();
        int equals = word.indexOf('=');
        var keyword = equals < 0 ? word : word.substring(0, equals);
        var value = equals < 0 ? "" : word.substring(equals + 1);
        if (!isKeyword(keyword) || !isValue(value) || equals == word.length() - 1) {
            throw new SyntaxFault(501, 5, 4, "Syntax: a parameter is KEYWORD or KEYWORD=value");
        }
        var parameter = new Parameter(keyword.toUpperCase(Locale.ROOT), value);
        if (!seen.add(parameter.keyword())) {
            throw new SyntaxFault(
                    501, 5, 4, "Parameter " + parameter.keyword() + " given more than once");
        }
        return parameter;
    }

    private static boolean isKeyword(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_KEYWORD
                && text.charAt(0) != '-'
                && text.chars().allMatch(Parameter::isKeywordCharacter);
    }

    private static boolean isKeywordCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-';
    }

    private static boolean isValue(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '=');
    }
}
