package org.postrider.pop3.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListingWriterTest {

    @Test
    void aListingEndsWithADot() throws IOException {
        var out = new Octets();
        var listing = new ListingWriter(out.sink());
        listing.line("1 120");
        listing.line("2 200");
        listing.end();
        assertThat(out.written()).isEqualTo("1 120\r\n2 200\r\n.\r\n");
    }

    @Test
    void anEmptyListingIsOnlyTheDot() throws IOException {
        var out = new Octets();
        new ListingWriter(out.sink()).end();
        assertThat(out.written()).isEqualTo(".\r\n");
    }

    @Test
    void aLongListingIsWrittenInBlocks() throws IOException {
        var out = new Octets();
        var lengths = new ArrayList<Integer>();
        var listing =
                new ListingWriter((octets, offset, length) -> {
                    lengths.add(length);
                    out.sink().write(octets, offset, length);
                });
        for (int i = 1; i <= 100_000; i++) {
            listing.line(i + " 4096");
        }
        listing.end();
        assertThat(out.written())
                .isEqualTo(
                        IntStream.rangeClosed(1, 100_000)
                                .mapToObj(i -> i + " 4096\r\n")
                                .collect(Collectors.joining("", "", ".\r\n")));
        assertThat(lengths).hasSizeBetween(100, 200).allMatch(length -> length <= 8192);
    }
}
