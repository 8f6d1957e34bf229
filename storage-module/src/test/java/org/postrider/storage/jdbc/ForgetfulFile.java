package org.postrider.storage.jdbc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// What a file of a [ForgetfulDisk] holds for sure, and what it may hold.
final class ForgetfulFile {

    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    /// Something that was not forced yet; `at` numbers them over all files.
    private sealed interface Unforced {
        long at();

        record Write(long at, long position, byte[] octets) implements Unforced {}

        record Truncate(long at, long size) implements Unforced {}
    }

    private final Image durable;
    private final List<Unforced> unforced = new ArrayList<>();

    /// A file with these octets, all of them forced.
    ForgetfulFile(byte[] octets) {
        this.durable = new Image(octets, octets.length);
    }

    void write(long at, long position, ByteBuffer octets) {
        var copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        unforced.add(new Unforced.Write(at, position, copy));
    }

    void truncate(long at, long size) {
        unforced.add(new Unforced.Truncate(at, size));
    }

    void force() {
        unforced.forEach(durable::apply);
        unforced.clear();
    }

    /// What was not forced is gone.
    void lose() {
        unforced.clear();
    }

    /// When its unforced writes were made.
    LongStream moments() {
        return unforced.stream().mapToLong(Unforced::at);
    }

    /// What it may hold if the power goes now.
    ///
    /// @param moment divides what was written before from what was written after
    /// @param share of what is kept where each is kept or not
    byte[] cut(ForgetfulDisk.Loss loss, long moment, double share, RandomGenerator random) {
        var image = durable.copy();
        for (var each : unforced) {
            keep(image, each, loss, moment, share, random);
        }
        return Arrays.copyOf(image.octets, image.length);
    }

    private static void keep(
            Image image,
            Unforced unforced,
            ForgetfulDisk.Loss loss,
            long moment,
            double share,
            RandomGenerator random) {
        switch (loss) {
            case ALL -> {}
            case NONE -> image.apply(unforced);
            case TAIL -> {
                if (unforced.at() < moment) {
                    image.apply(unforced);
                } else if (unforced.at() == moment
                        && unforced instanceof Unforced.Write(_, var position, var octets)) {
                    int torn = random.nextInt(octets.length + 1) / SECTOR * SECTOR;
                    image.write(position, octets, 0, torn);
                }
            }
            case HEAD -> {
                if (unforced.at() > moment) {
                    image.apply(unforced);
                }
            }
            case SOME -> {
                if (random.nextDouble() < share) {
                    image.apply(unforced);
                }
            }
            case SECTORS -> pieces(image, unforced, SECTOR, share, random);
            case PAGES -> pieces(image, unforced, PAGE, share, random);
        }
    }

    private static void pieces(
            Image image, Unforced unforced, int unit, double share, RandomGenerator random) {
        switch (unforced) {
            case Unforced.Truncate _ -> {
                if (random.nextDouble() < share) {
                    image.apply(unforced);
                }
            }
            case Unforced.Write(_, var position, var octets) -> {
                int from = 0;
                while (from < octets.length) {
                    int to = (int) Math.min(octets.length, from + unit - (position + from) % unit);
                    if (random.nextDouble() < share) {
                        image.write(position, octets, from, to);
                    }
                    from = to;
                }
            }
        }
    }

    /// The octets of a file.
    private static final class Image {
        private byte[] octets;
        private int length;

        Image(byte[] octets, int length) {
            this.octets = octets;
            this.length = length;
        }

        Image copy() {
            return new Image(octets.clone(), length);
        }

        void apply(Unforced unforced) {
            switch (unforced) {
                case Unforced.Write(_, var position, var written) ->
                        write(position, written, 0, written.length);
                case Unforced.Truncate(_, var size) -> truncate(size);
            }
        }

        void write(long position, byte[] from, int start, int end) {
            int at = Math.toIntExact(position);
            int last = at + end;
            if (end <= start) {
                return;
            }
            if (last > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(last, octets.length * 3 / 2));
            }
            System.arraycopy(from, start, octets, at + start, end - start);
            length = Math.max(length, last);
        }

        void truncate(long size) {
            if (size < length) {
                Arrays.fill(octets, (int) size, length, (byte) 0);
                length = (int) size;
            }
        }
    }
}
