package org.postrider.storage.jdbc.account;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers in as few octets as they need, low bits first, as the change log and the feed have them.
public final class Varints {

    private Varints() {}

    /// Writes.
    public static final class Out {
        private static final int LONGEST = 10;

        private byte[] octets = new byte[64];
        private int length;

        public Out number(long value) {
            room(LONGEST);
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                octets[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            octets[length++] = (byte) rest;
            return this;
        }

        /// A number that may be negative.
        public Out signed(long value) {
            return number((value << 1) ^ (value >> 63));
        }

        public Out text(String value) {
            return counted(value.getBytes(StandardCharsets.UTF_8));
        }

        public Out octets(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, octets, length, more.length);
            length += more.length;
            return this;
        }

        /// Octets behind their count.
        public Out counted(byte[] value) {
            return number(value.length).octets(value);
        }

        public byte[] octets() {
            return Arrays.copyOf(octets, length);
        }

        private void room(int more) {
            if (octets.length - length < more) {
                octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + more));
            }
        }
    }

    /// Reads.
    public static final class In {
        private final byte[] octets;
        private int at;

        public In(byte[] octets) {
            this.octets = octets;
        }

        public boolean more() {
            return at < octets.length;
        }

        public long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte octet = octets[at++];
                value |= (octet & 0x7FL) << shift;
                if (octet >= 0) {
                    return value;
                }
            }
        }

        public int count() {
            return Math.toIntExact(number());
        }

        public long signed() {
            long value = number();
            return (value >>> 1) ^ -(value & 1);
        }

        public String text() {
            int length = count();
            var value = new String(octets, at, length, StandardCharsets.UTF_8);
            at += length;
            return value;
        }

        public byte[] counted() {
            int length = count();
            var value = Arrays.copyOfRange(octets, at, at + length);
            at += length;
            return value;
        }
    }
}
