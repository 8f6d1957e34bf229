package org.postrider.imap.command;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Disposition;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Parameter;

/// Writes the structure of a message (RFC 3501 §7.4.2 BODYSTRUCTURE), or its shorter form BODY.
final class BodyStructureWriter {

    private final ImapWriter out;
    private final boolean extended;

    /// @param extended whether to write extension data, which BODY does without
    BodyStructureWriter(ImapWriter out, boolean extended) {
        this.out = out;
        this.extended = extended;
    }

    void write(BodyPart part) throws IOException {
        out.octet('(');
        switch (part) {
            case Multipart multipart -> multipart(multipart);
            case Leaf leaf -> leaf(leaf);
            case Embedded embedded -> embedded(embedded);
        }
        out.octet(')');
    }

    private void multipart(Multipart part) throws IOException {
        for (var inner : part.parts()) {
            write(inner);
        }
        var description = part.description();
        out.space().string(description.subtype());
        if (extended) {
            parameters(out.space(), description.parameters());
            placement(description);
        }
    }

    private void leaf(Leaf part) throws IOException {
        var description = part.description();
        if (isMessage(description)) {
            unread(part);
            return;
        }
        basic(description, part.place().octets());
        if (description.type().equals("TEXT")) {
            out.space().number(part.lines());
        }
        extension(description);
    }

    private void embedded(Embedded part) throws IOException {
        var description = part.description();
        basic(description, part.place().octets());
        if (isMessage(description)) {
            EnvelopeWriter.write(out.space(), part.envelope());
            out.space();
            write(part.message());
            out.space().number(part.lines());
        }
        extension(description);
    }

    /// A message/rfc822 part that could not be read as one. The grammar wants an envelope and a
    /// structure all the same: an empty one, and text.
    private void unread(Leaf part) throws IOException {
        basic(part.description(), part.place().octets());
        out.text(
                        " (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" ")
                .number(part.place().octets())
                .space()
                .number(part.lines());
        if (extended) {
            out.text(" NIL NIL NIL NIL");
        }
        out.text(") ").number(part.lines());
        extension(part.description());
    }

    private void basic(Description description, long octets) throws IOException {
        out.string(description.type()).space().string(description.subtype());
        parameters(out.space(), description.parameters());
        out.space().nstring(description.id());
        out.space().nstring(description.description());
        out.space().string(description.encoding());
        out.space().number(octets);
    }

    private void extension(Description description) throws IOException {
        if (extended) {
            out.space().nstring(description.md5());
            placement(description);
        }
    }

    private void placement(Description description) throws IOException {
        disposition(description.disposition());
        languages(description.languages());
        out.space().nstring(description.location());
    }

    private void parameters(ImapWriter out, List<Parameter> parameters) throws IOException {
        if (parameters.isEmpty()) {
            out.nil();
            return;
        }
        char before = '(';
        for (var parameter : parameters) {
            out.octet(before).string(parameter.name()).space().string(parameter.value());
            before = ' ';
        }
        out.octet(')');
    }

    private void disposition(@Nullable Disposition disposition) throws IOException {
        out.space();
        if (disposition == null) {
            out.nil();
            return;
        }
        out.octet('(').string(disposition.type()).space();
        parameters(out, disposition.parameters());
        out.octet(')');
    }

    private void languages(List<String> languages) throws IOException {
        out.space();
        if (languages.isEmpty()) {
            out.nil();
            return;
        }
        char before = '(';
        for (var language : languages) {
            out.octet(before).string(language);
            before = ' ';
        }
        out.octet(')');
    }

    /// Only message/rfc822 has an envelope in IMAP4rev1; message/global is like any other part (RFC
    /// 3501 §9 `media-message`).
    private static boolean isMessage(Description description) {
        return description.type().equals("MESSAGE") && description.subtype().equals("RFC822");
    }
}
