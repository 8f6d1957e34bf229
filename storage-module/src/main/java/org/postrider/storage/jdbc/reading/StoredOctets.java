package org.postrider.storage.jdbc.reading;

import java.io.IOException;
import java.io.InputStream;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Octets of a stored message. A failure to read them is told as [StoreUnavailable]: who copies
/// them to a client takes an [IOException] for the client's end.
final class StoredOctets extends InputStream {

    /// Opens the octets.
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    private final InputStream octets;

    StoredOctets(Opening opening) {
        try {
            octets = opening.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read() {
        try {
            return octets.read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            return octets.read(into, offset, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int available() throws IOException {
        return octets.available();
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }

    private static StoreUnavailable unreadable(IOException e) {
        return new StoreUnavailable("the octets of a message cannot be read", e);
    }
}
