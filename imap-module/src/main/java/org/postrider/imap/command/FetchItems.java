package org.postrider.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.postrider.imap.session.FlagsText;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.FetchItem;
import org.postrider.imap.wire.FetchItem.Attribute;
import org.postrider.imap.wire.FetchItem.Section;
import org.postrider.imap.wire.FetchItem.Text;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.message.CachedFields;

/// Writes the FETCH responses of one command (RFC 3501 §7.4.2): what the view knows from the view,
/// what was computed at delivery as it was computed, and octets from the store.
final class FetchItems {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final ImapWriter out;
    private final SelectedView view;
    private final List<FetchItem> items;
    private final FlagsText flags = new FlagsText();
    private long lastSecond = Long.MIN_VALUE;
    private byte[] lastDate = {};

    FetchItems(ImapWriter out, SelectedView view, List<FetchItem> items) {
        this.out = out;
        this.view = view;
        this.items = items;
    }

    /// Whether the view alone cannot answer.
    static boolean needMessage(List<FetchItem> items) {
        return items.stream()
                .anyMatch(item ->
                        switch (item) {
                            case Section _ -> true;
                            case Attribute attribute -> needsMessage(attribute);
                        });
    }

    /// What is to be read of the messages: fields that are kept are in the meta.
    Messages.Extent extent() {
        return items.stream().anyMatch(item -> item instanceof Section section && opens(section))
                ? Messages.Extent.OCTETS
                : Messages.Extent.META;
    }

    private static boolean opens(Section section) {
        return !section.part().isEmpty()
                || !(section.text() instanceof Text.Fields(var names, var others))
                || others
                || !names.stream().allMatch(CachedFields::keeps);
    }

    /// Whether reading sets \Seen.
    static boolean areRead(List<FetchItem> items) {
        return items.stream().anyMatch(item -> item instanceof Section section && !section.peek());
    }

    private static boolean needsMessage(Attribute attribute) {
        return switch (attribute) {
            case ENVELOPE, BODY, BODYSTRUCTURE -> true;
            case FLAGS, UID, INTERNALDATE, RFC822_SIZE -> false;
        };
    }

    /// A response from the view alone.
    void write(int index) throws IOException {
        begin(index);
        char before = '(';
        for (var item : items) {
            out.octet(before);
            before = ' ';
            if (item instanceof Attribute attribute) {
                known(attribute, index);
            } else {
                throw new IllegalStateException("a section needs its message");
            }
        }
        out.octet(')').crlf();
    }

    /// A response with what is in the message.
    ///
    /// @param seen whether \Seen was set just now, so that the flags must be told (RFC 3501 §6.4.5)
    void write(int index, StoredMessage message, boolean seen) throws IOException {
        begin(index);
        char before = '(';
        for (var item : items) {
            out.octet(before);
            before = ' ';
            switch (item) {
                case Section section -> new BodySection(out, message).write(section);
                case Attribute.ENVELOPE ->
                        EnvelopeWriter.write(out.text("ENVELOPE "), message.meta().envelope());
                case Attribute.BODY -> structure("BODY ", message, false);
                case Attribute.BODYSTRUCTURE -> structure("BODYSTRUCTURE ", message, true);
                case Attribute attribute -> known(attribute, index);
            }
        }
        if (seen && !items.contains(Attribute.FLAGS)) {
            flags.write(out.space(), view.flags(index), view.isRecent(index));
        }
        out.octet(')').crlf();
    }

    private void begin(int index) throws IOException {
        out.text("* ").number(index + 1).text(" FETCH ");
    }

    private void known(Attribute attribute, int index) throws IOException {
        switch (attribute) {
            case FLAGS -> flags.write(out, view.flags(index), view.isRecent(index));
            case UID -> out.text("UID ").number(view.shown().uid(index));
            case INTERNALDATE -> internalDate(view.shown().internalDate(index));
            case RFC822_SIZE -> out.text("RFC822.SIZE ").number(view.shown().octets(index));
            case ENVELOPE, BODY, BODYSTRUCTURE ->
                    throw new IllegalStateException(attribute + " needs its message");
        }
    }

    private void internalDate(Instant date) throws IOException {
        if (date.getEpochSecond() != lastSecond) {
            lastSecond = date.getEpochSecond();
            lastDate = DATE_TIME.format(date).getBytes(StandardCharsets.US_ASCII);
        }
        out.text("INTERNALDATE \"").octets(lastDate).text(" +0000\"");
    }

    private void structure(String label, StoredMessage message, boolean extended)
            throws IOException {
        new BodyStructureWriter(out.text(label), extended).write(message.meta().structure());
    }
}
