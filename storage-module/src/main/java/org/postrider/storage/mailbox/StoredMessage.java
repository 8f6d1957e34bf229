package org.postrider.storage.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.postrider.storage.message.CodedMeta;

/// A stored message: what was computed at delivery, and its octets on request.
///
/// The octets are the trace fields followed by the body that its recipients share; offsets in
/// [CodedMeta] count from the start of the body, so add [#traceOctets].
public interface StoredMessage {

    long uid();

    CodedMeta meta();

    /// EMAILID (RFC 8474 §5.1): the same for every copy of the message.
    String emailId();

    /// THREADID (RFC 8474 §5.2): the same for messages that answer one another; empty for a message
    /// that came before threads were kept and was not looked at since.
    Optional<String> threadId();

    /// The first readable text (RFC 8970), at most 200 characters; it is computed from the message
    /// where it was not at delivery.
    String preview() throws IOException;

    /// RFC822.SIZE: trace fields and body, in octets.
    long octets();

    /// The trace fields put in front at delivery.
    byte[] traceFields();

    default int traceOctets() {
        return traceFields().length;
    }

    /// The octets from `offset` (0 is the first trace field's) on, at most `length` of them. The
    /// caller closes the stream. When they cannot be read, this and the stream throw
    /// [StoreUnavailable]; an [IOException] is never the store's.
    InputStream open(long offset, long length) throws IOException;

    default InputStream open() throws IOException {
        return open(0, octets());
    }
}
