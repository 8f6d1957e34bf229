package org.postrider.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {

    @ParameterizedTest
    @CsvSource({
        "INBOX,INBOX",
        "R&D,R&-D",
        "~peter/mail/台北/日本語,~peter/mail/&U|BTFw-/&ZeVnLIqe-",
        "Entwürfe,Entw&APw-rfe",
        "😀,&2D3eAA-",
    })
    void namesAndTheirSpelling(String name, String spelled) {
        var text = spelled.replace('|', ',');
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(text);
        assertThat(ModifiedUtf7.decode(text)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&",
                "&U",
                "&U,BTFw",
                "&!!-",
                "&AGE-",
                "&AGEA-",
                "&APw",
                "ü",
                "a\tb",
                "&U,BTFw-&ZeVnLIqe-",
                "&2D0-",
                "&APx-"
            })
    void aNameHasOneSpellingOnly(String text) {
        assertThat(ModifiedUtf7.decode(text)).isEmpty();
    }

    @Test
    void whatIsEncodedIsDecoded() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 5000; i++) {
            var name = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                name.appendCodePoint(
                        random.nextBoolean()
                                ? ' ' + random.nextInt(95)
                                : 0xE000 + random.nextInt(0x10000));
            }
            assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode(name.toString())))
                    .as("seed " + seed)
                    .contains(name.toString());
        }
    }
}
