package org.postrider.transport;

import java.io.InputStream;
import java.util.Optional;

/// A message in transit after DATA.
public abstract class DotStream extends InputStream {

    /// What made the message one that must be refused, known when the end was read: a bare CR or LF
    /// (RFC 5321 §2.3.8, the door to SMTP smuggling) or a NUL. The octets are delivered all the
    /// same, so that the reader can go on to the end.
    public abstract Optional<LineFault> fault();
}
