package org.postrider.storage.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers in as few octets as they need, low bits first, as the change log and the feed have them.
final class Varints {

    private Varints() {}

    /// Writes.
    static final class Out {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream(64);

        Out number(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                octets.write((int) (rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            octets.write((int) rest);
            return this;
        }

        /// A number that may be negative.
        Out signed(long value) {
            return number((value << 1) ^ (value >> 63));
        }

        Out text(String value) {
            var utf8 = value.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            octets.writeBytes(utf8);
            return this;
        }

        Out octets(byte[] more) {
            octets.writeBytes(more);
            return this;
        }

        /// Octets behind their count.
        Out counted(byte[] value) {
            number(value.length);
            octets.writeBytes(value);
            return this;
        }

        byte[] octets() {
            return octets.toByteArray();
        }
    }

    /// Reads.
    static final class In {
        private final byte[] octets;
        private int at;

        In(byte[] octets) {
            this.octets = octets;
        }

        boolean more() {
            return at < octets.length;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte octet = octets[at++];
                value |= (octet & 0x7FL) << shift;
                if (octet >= 0) {
                    return value;
                }
            }
        }

        int count() {
            return Math.toIntExact(number());
        }

        long signed() {
            long value = number();
            return (value >>> 1) ^ -(value & 1);
        }

        String text() {
            int length = count();
            var value = new String(octets, at, length, StandardCharsets.UTF_8);
            at += length;
            return value;
        }

        byte[] counted() {
            int length = count();
            var value = Arrays.copyOfRange(octets, at, at + length);
            at += length;
            return value;
        }
    }
}
