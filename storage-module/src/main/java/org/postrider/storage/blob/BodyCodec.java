package org.postrider.storage.blob;

/// How octets are stored. The numbers stand in rows and in files.
public enum BodyCodec {
    /// As they are.
    NONE(0),
    /// In blocks that are deflated each by itself, so that a range needs only its blocks.
    DEFLATE(1);

    private final int number;

    BodyCodec(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// @throws IllegalArgumentException when a newer version wrote it
    public static BodyCodec of(int number) {
        for (var codec : values()) {
            if (codec.number == number) {
                return codec;
            }
        }
        throw new IllegalArgumentException("no codec has the number " + number);
    }

    static boolean knows(int number) {
        return number >= 0 && number < values().length;
    }
}
