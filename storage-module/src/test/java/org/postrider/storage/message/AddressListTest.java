package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressListTest {

    /// Text | what the envelope tells, `'` for `"`.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a@b.example | ((NIL NIL 'a' 'b.example'))",
                "a@b (Some (inner) Name) | (('Some (inner) Name' NIL 'a' 'b'))",
                "\"Doe, J.\" <j@d> | (('Doe, J.' NIL 'j' 'd'))",
                "Joe Q. Public <j@q>, x@y | (('Joe Q. Public' NIL 'j' 'q')(NIL NIL 'x' 'y'))",
                "=?utf-8?q?a?= =?utf-8?q?b?= <p@q> | (('=?utf-8?q?a?= =?utf-8?q?b?=' NIL 'p' 'q'))",
                "<@r1,@r2:u@h> | ((NIL '@r1,@r2' 'u' 'h'))",
                "G: m@x, M <n@y>;, z@z"
                        + " | ((NIL NIL 'G' NIL)(NIL NIL 'm' 'x')('M' NIL 'n' 'y')(NIL NIL NIL NIL)"
                        + "(NIL NIL 'z' 'z'))",
                "undisclosed-recipients:; | ((NIL NIL 'undisclosed-recipients' NIL)(NIL NIL NIL NIL))",
                "G: a@b | ((NIL NIL 'G' NIL)(NIL NIL 'a' 'b')(NIL NIL NIL NIL))",
                "\"quoted local\"@x | ((NIL NIL 'quoted local' 'x'))",
                "<\"quoted local\"@x> | ((NIL NIL 'quoted local' 'x'))",
                "a@[IPv6:::1], b@c | ((NIL NIL 'a' '[IPv6:::1]')(NIL NIL 'b' 'c'))",
                "a @ b | ((NIL NIL 'a' 'b'))",
                "a@b c@d | ((NIL NIL 'a' 'b')(NIL NIL 'c' 'd'))",
                "a@b; c@d | ((NIL NIL 'a' 'b')(NIL NIL 'c' 'd'))",
                "<a@b, c@d> | ((NIL NIL 'a' 'b')(NIL NIL 'c' 'd'))",
                "\"open <u@v>, z@z | (('open' NIL 'u' 'v')(NIL NIL 'z' 'z'))",
                "open (comment <u@v>, z@z | (('open comment' NIL 'u' 'v')(NIL NIL 'z' 'z'))",
                "Joe <u@v, z@z | (('Joe' NIL 'u' 'v')(NIL NIL 'z' 'z'))",
                "plain | ((NIL NIL 'plain' ''))",
                "Only A Name | (('Only A Name' NIL '' ''))",
                "\"a@b\" <a@b> | (('a@b' NIL 'a' 'b'))",
                "a@b <c@d> | (('a@b' NIL 'c' 'd'))",
                "x <> | (('x' NIL '' ''))",
                "<> | NIL",
                ",,a@b,, | ((NIL NIL 'a' 'b'))",
                "(only a comment) | NIL",
                "mailto:a@b | ((NIL NIL 'mailto' NIL)(NIL NIL 'a' 'b')(NIL NIL NIL NIL))",
            })
    void addresses_are_read_leniently(String text, String told) {
        assertThat(MetaText.addresses(AddressList.read(text, 100)))
                .isEqualTo(told.replace('\'', '"'));
    }
}
