package org.postrider.storage.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postrider.storage.address.DerivedProperty.CONTEXTJ;
import static org.postrider.storage.address.DerivedProperty.CONTEXTO;
import static org.postrider.storage.address.DerivedProperty.DISALLOWED;
import static org.postrider.storage.address.DerivedProperty.PVALID;
import static org.postrider.storage.address.DerivedProperty.UNASSIGNED;

import java.net.IDN;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What RFC 5892 makes of single code points.
class DerivedPropertyTest {

    /// Letters, digits, marks, exceptions, the dotless i and Cherokee, which is its own folding.
    @ParameterizedTest
    @ValueSource(
            ints = {
                'a', '0', '-', 0xdf, 0xe9, 0x131, 0x301, 0x3c2, 0x3c9, 0x430, 0x5d0, 0x627, 0x6fd,
                0x6fe, 0x905, 0x94d, 0xe01, 0xf0b, 0x10d0, 0x13a0, 0x1e96, 0x3007, 0x3042, 0x30a2,
                0x30fc, 0x4e2d, 0xac00, 0x10428, 0x20000, 0x2ebf0
            })
    void whatWordsAreWrittenWithIsValid(int codePoint) {
        assertThat(DerivedProperty.of(codePoint)).isEqualTo(PVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x200c, 0x200d})
    void joinersDependOnWhereTheyStand(int codePoint) {
        assertThat(DerivedProperty.of(codePoint)).isEqualTo(CONTEXTJ);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xb7, 0x375, 0x5f3, 0x5f4, 0x30fb, 0x660, 0x669, 0x6f0, 0x6f9})
    void someMarksAndDigitsDependOnWhatStandsBesideThem(int codePoint) {
        assertThat(DerivedProperty.of(codePoint)).isEqualTo(CONTEXTO);
    }

    /// Capitals, what has a compatible form, symbols, what cannot be seen, marks of music, parts of
    /// syllables, exceptions, surrogates and what will never be a character.
    @ParameterizedTest
    @ValueSource(
            ints = {
                'A', '_', ' ', '.', '@', 0, 0x7f, 0x80, 0xa0, 0xad, 0xaa, 0xb2, 0xc0, 0x130, 0x17f,
                0x34f, 0x345, 0x3a3, 0x640, 0x7fa, 0x1100, 0x115f, 0x17b4, 0x180b, 0x1e9e, 0x1f80,
                0x200b, 0x200e, 0x2024, 0x20d0, 0x2126, 0x212b, 0x2160, 0x2260, 0x2665, 0x3000,
                0x3002, 0x302e, 0x3031, 0x303b, 0x3164, 0xa960, 0xab70, 0xd7b0, 0xd800, 0xe000,
                0xf900, 0xfb01, 0xfdd0, 0xfe0f, 0xfeff, 0xff0e, 0xff41, 0xfffd, 0xffff, 0x10400,
                0x1d165, 0x1d242, 0x1f4a9, 0xe0001, 0xe0100, 0x10ffff
            })
    void whatHasAnotherFormOrIsNoPartOfWordsIsDisallowed(int codePoint) {
        assertThat(DerivedProperty.of(codePoint)).isEqualTo(DISALLOWED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x378, 0x5ff, 0xe0000, 0xe01f0})
    void whatIsNoCharacterYetIsUnassigned(int codePoint) {
        assertThat(DerivedProperty.of(codePoint)).isEqualTo(UNASSIGNED);
    }

    /// Java's own IDN is of IDNA2003 and of Unicode 3.2.
    @Test
    void ofWhatIdna2003MapsTheSharpSAndTheFinalSigmaAloneBecameValid() {
        assertThat(
                        IntStream.range(0x80, 0x30000)
                                .filter(c -> DerivedProperty.of(c) == PVALID)
                                .filter(DerivedPropertyTest::isMappedByIdna2003))
                .containsExactly(0xdf, 0x3c2);
    }

    private static boolean isMappedByIdna2003(int codePoint) {
        var text = Character.toString(codePoint);
        try {
            return !IDN.toUnicode(IDN.toASCII(text)).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
