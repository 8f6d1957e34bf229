package org.postrider.storage.message;

/// One header field as it stands in a message.
///
/// @param name the field name as written
/// @param raw the whole field: name, colon, folded body and final CRLF, one character an octet
public record HeaderField(String name, String raw) {

    /// The field body, unfolded and without the white space around it.
    public String body() {
        return raw.substring(raw.indexOf(':') + 1).replace("\r\n", "").strip();
    }
}
