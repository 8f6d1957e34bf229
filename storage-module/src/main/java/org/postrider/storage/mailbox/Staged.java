package org.postrider.storage.mailbox;

/// A message whose octets have been received and parsed, but that is in no mailbox yet. Closing it
/// without delivering gives its space back; closing it afterwards does nothing.
public interface Staged extends AutoCloseable {

    /// Octets, with CRLF line ends.
    long octets();

    @Override
    void close();
}
