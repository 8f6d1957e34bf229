package org.postrider.storage.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A segment tells what is in it without a database, up to where a crash tore it.
class SegmentScanTest {

    @TempDir Path directory;

    private final List<String> found = new ArrayList<>();

    @Test
    void recordsComeInOrderWithTheirPlaces() throws IOException {
        var places = written();
        var seen = new ArrayList<BodyPlace>();
        long end =
                SegmentScan.of(directory, 1)
                        .run((record, octets) -> {
                            seen.add(record.place());
                            found.add(record.type() + " " + new String(octets, US_ASCII));
                            assertThat(record.intact()).isTrue();
                        });
        assertThat(found).containsExactly("BODY ", "ARRIVAL here", "TEXT words", "BODY ");
        assertThat(seen).isEqualTo(places);
        assertThat(end).isEqualTo(Files.size(segment()));
    }

    @Test
    void whereverTheFileIsTornTheRecordsBeforeAreRead() throws IOException {
        var places = written();
        var whole = Files.readAllBytes(segment());
        for (int size = whole.length; size >= 0; size--) {
            Files.write(segment(), java.util.Arrays.copyOf(whole, size));
            var seen = new ArrayList<BodyPlace>();
            long end = SegmentScan.of(directory, 1).run((record, _) -> seen.add(record.place()));
            assertThat(end).isLessThanOrEqualTo(size);
            assertThat(seen).isEqualTo(places.subList(0, seen.size()));
            assertThat(end).isEqualTo(seen.isEmpty() ? Math.min(end, 16) : endOf(seen.getLast()));
        }
    }

    @Test
    void anOctetThatTheDiskChangedIsToldAndWhatFollowsIsRead() throws IOException {
        var places = written();
        try (var file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.seek(places.get(1).offset() + SegmentFormat.RECORD_HEADER);
            file.write('H');
        }
        var intact = new ArrayList<Boolean>();
        SegmentScan.of(directory, 1).run((record, _) -> intact.add(record.intact()));
        assertThat(intact).containsExactly(true, false, true, true);
    }

    @Test
    void aFileOfTheFirstVersionIsReadAsEver() throws IOException {
        var body = "Subject: old\r\n\r\n".getBytes(US_ASCII);
        var checksum = new CRC32C();
        checksum.update(body);
        var file = ByteBuffer.allocate(32 + body.length);
        file.put("PRSEG001".getBytes(US_ASCII)).putLong(1);
        file.put("PRB1".getBytes(US_ASCII)).putInt((int) checksum.getValue()).putLong(body.length);
        Files.write(segment(), file.put(body).array());
        var place = BodyPlace.plain(1, 16, body.length);
        SegmentScan.of(directory, 1)
                .run((record, _) -> {
                    assertThat(record)
                            .isEqualTo(new SegmentScan.Found(RecordType.BODY, place, true));
                    found.add("one");
                });
        assertThat(found).hasSize(1);
        try (var store = SegmentBodies.open(directory, SegmentFiles.ofSystem(), 1 << 20);
                var octets = store.open(place, 0, body.length);
                var part = store.open(place, 9, 3)) {
            assertThat(octets.readAllBytes()).isEqualTo(body);
            assertThat(part.readAllBytes()).isEqualTo("old".getBytes(US_ASCII));
        }
    }

    /// A segment with records of all sorts, and where they are.
    private List<BodyPlace> written() throws IOException {
        var places = new ArrayList<BodyPlace>();
        var writer = SegmentWriter.create(SegmentFiles.ofSystem(), directory, 1);
        places.add(writer.append(RecordType.BODY, new byte[300]));
        places.add(writer.append(RecordType.ARRIVAL, "here".getBytes(US_ASCII)));
        places.add(writer.append(RecordType.TEXT, "words".getBytes(US_ASCII)));
        places.add(writer.append(RecordType.BODY, new byte[0]));
        writer.force();
        writer.close();
        return places;
    }

    private static long endOf(BodyPlace place) {
        return place.offset() + SegmentFormat.RECORD_HEADER + place.stored();
    }

    private Path segment() {
        return SegmentFormat.path(directory, 1);
    }
}
