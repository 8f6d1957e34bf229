package org.postrider.imap.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.postrider.imap.wire.LiteralInput.Literal;
import org.postrider.storage.mailbox.MailboxName;

/// Reads one command: the words of RFC 3501 §9 as methods. Where the grammar meets a literal the
/// reader asks for it and goes on in the line that follows, so that what is wrong before a literal
/// is refused before the client is asked to send it.
public final class ImapReader {

    private static final byte[] NOTHING = {};
    private static final long LARGEST_NUMBER = 0xFFFF_FFFFL;
    private static final long LARGEST_LITERAL = Long.MAX_VALUE / 10 - 1;

    private final LiteralInput input;
    private byte[] line;
    private int at;

    public ImapReader(byte[] line, LiteralInput input) {
        this.line = line;
        this.input = input;
    }

    /// The word that the client recognises the answer by.
    public String tag() throws SyntaxError {
        int from = at;
        while (at < line.length && isAstringChar(line[at]) && line[at] != '+') {
            at++;
        }
        if (at == from) {
            throw new SyntaxError("A command begins with a tag");
        }
        return ascii(from, at);
    }

    public Verb verb() throws SyntaxError {
        return Verb.of(atom()).orElseThrow(() -> new SyntaxError("Unknown command"));
    }

    boolean atEnd() {
        return at == line.length;
    }

    void end() throws SyntaxError {
        if (!atEnd()) {
            throw new SyntaxError("Unexpected text after the command");
        }
    }

    boolean nextIs(char c) {
        return at < line.length && line[at] == c;
    }

    boolean nextIsDigit() {
        return at < line.length && line[at] >= '0' && line[at] <= '9';
    }

    boolean accept(char c) {
        if (!nextIs(c)) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) throws SyntaxError {
        if (!accept(c)) {
            throw new SyntaxError(
                    c == ' ' ? "A space is missing" : "A " + c + " is missing or misplaced");
        }
    }

    public void space() throws SyntaxError {
        expect(' ');
    }

    /// Takes a word if it comes next, whatever the case of its letters.
    boolean acceptWord(String word) {
        int end = at + word.length();
        if (end > line.length || !ascii(at, end).equalsIgnoreCase(word)) {
            return false;
        }
        at = end;
        return true;
    }

    String atom() throws SyntaxError {
        int from = at;
        while (at < line.length && isAtomChar(line[at])) {
            at++;
        }
        if (at == from) {
            throw new SyntaxError("A word is missing");
        }
        return ascii(from, at);
    }

    /// A word of the grammar, in upper case: letters, digits, `.` and `-`.
    String word() throws SyntaxError {
        int from = at;
        while (at < line.length && isWordChar(line[at])) {
            at++;
        }
        if (at == from) {
            throw new SyntaxError("A word is missing");
        }
        return ascii(from, at).toUpperCase(Locale.ROOT);
    }

    long number() throws SyntaxError {
        return digits(LARGEST_NUMBER);
    }

    long positive() throws SyntaxError {
        long number = number();
        if (number == 0) {
            throw new SyntaxError("A number must not be 0 here");
        }
        return number;
    }

    byte[] astring() throws IOException, SyntaxError {
        if (nextIs('"') || nextIs('{')) {
            return string();
        }
        int from = at;
        while (at < line.length && isAstringChar(line[at])) {
            at++;
        }
        if (at == from) {
            throw new SyntaxError("A string is missing");
        }
        return octets(from, at);
    }

    byte[] string() throws IOException, SyntaxError {
        if (nextIs('{')) {
            var octets = input.take(announcement());
            go(NOTHING);
            go(input.nextLine());
            return withoutNul(octets);
        }
        expect('"');
        var octets = new byte[line.length - at];
        int count = 0;
        while (at < line.length && line[at] != '"') {
            if (line[at] == '\\') {
                at++;
                if (!nextIs('"') && !nextIs('\\')) {
                    throw new SyntaxError("A backslash quotes only itself and a quotation mark");
                }
            }
            octets[count++] = line[at++];
        }
        expect('"');
        return Arrays.copyOf(octets, count);
    }

    /// A string of UTF-8; what is none in it is replaced and so fits nothing.
    String text() throws IOException, SyntaxError {
        return new String(astring(), StandardCharsets.UTF_8);
    }

    void nstring() throws IOException, SyntaxError {
        if (!acceptWord("NIL")) {
            var _ = string();
        }
    }

    /// A mailbox name. One that no mailbox can have is refused here for all commands.
    MailboxName mailbox() throws IOException, SyntaxError {
        return named(new String(astring(), StandardCharsets.ISO_8859_1));
    }

    /// The name of a mailbox to be created: a separator at the end only announces that mailboxes
    /// will be below it, which all can (RFC 3501 §6.3.3).
    MailboxName newMailbox() throws IOException, SyntaxError {
        var text = new String(astring(), StandardCharsets.ISO_8859_1);
        return named(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /// A mailbox name with wildcards, in Unicode (RFC 3501 §9 `list-mailbox`). One that is not
    /// spelled as names are fits none.
    String pattern() throws IOException, SyntaxError {
        var octets = nextIs('"') || nextIs('{') ? string() : listWord();
        var text = new String(octets, StandardCharsets.ISO_8859_1);
        return ModifiedUtf7.decode(text).orElse(text);
    }

    SequenceSet sequenceSet() throws SyntaxError {
        var ranges = new ArrayList<SequenceSet.Range>();
        do {
            long first = sequenceNumber();
            long last = accept(':') ? sequenceNumber() : first;
            ranges.add(new SequenceSet.Range(first, last));
        } while (accept(','));
        return new SequenceSet(ranges);
    }

    /// The literal that is the message of an APPEND; the client has not been asked for it yet.
    MessageLiteral message() throws SyntaxError {
        return new MessageLiteral(this, announcement());
    }

    InputStream openMessage(Literal literal) throws IOException {
        go(NOTHING);
        return input.open(literal);
    }

    void afterMessage() throws IOException, SyntaxError {
        go(input.nextLine());
        end();
    }

    /// Leaves a command that is refused: reads away what its client sends without being asked.
    public void abandon() throws IOException, SyntaxError {
        at = Math.max(0, lastIndexOf('{'));
        while (nextIs('{')) {
            var literal = announcementOrNone();
            if (literal.isEmpty() || literal.get().awaited()) {
                return;
            }
            input.skip(literal.get());
            line = input.nextLine();
            at = Math.max(0, lastIndexOf('{'));
        }
    }

    static boolean isAtomChar(int c) {
        return c > ' ' && c < 0x7F && "(){%*\"\\]".indexOf(c) < 0;
    }

    static boolean isAstringChar(int c) {
        return isAtomChar(c) || c == ']';
    }

    private static boolean isWordChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-';
    }

    /// Goes on in another line.
    private void go(byte[] next) {
        line = next;
        at = 0;
    }

    private byte[] listWord() throws SyntaxError {
        int from = at;
        while (at < line.length
                && (isAstringChar(line[at]) || line[at] == '%' || line[at] == '*')) {
            at++;
        }
        if (at == from) {
            throw new SyntaxError("A mailbox name is missing");
        }
        return octets(from, at);
    }

    /// An argument holds no NUL (RFC 3501 §9 `CHAR8`).
    private static byte[] withoutNul(byte[] octets) throws SyntaxError {
        for (byte octet : octets) {
            if (octet == 0) {
                throw new SyntaxError("The literal holds a NUL");
            }
        }
        return octets;
    }

    private static MailboxName named(String text) throws SyntaxError {
        return ModifiedUtf7.decode(text)
                .flatMap(MailboxName::parse)
                .orElseThrow(() ->
                        new SyntaxError(ImapStatus.no("CANNOT", "No mailbox can have this name")));
    }

    private long sequenceNumber() throws SyntaxError {
        return accept('*') ? SequenceSet.STAR : positive();
    }

    private Literal announcement() throws SyntaxError {
        return announcementOrNone()
                .orElseThrow(() -> new SyntaxError("A literal must end the line"));
    }

    private Optional<Literal> announcementOrNone() throws SyntaxError {
        if (!accept('{') || !nextIsDigit()) {
            return Optional.empty();
        }
        long octets = digits(LARGEST_LITERAL);
        boolean awaited = !accept('+');
        return accept('}') && atEnd()
                ? Optional.of(new Literal(octets, awaited))
                : Optional.empty();
    }

    private long digits(long largest) throws SyntaxError {
        if (!nextIsDigit()) {
            throw new SyntaxError("A number is missing");
        }
        long number = 0;
        for (; nextIsDigit(); at++) {
            number = number * 10 + (line[at] - '0');
            if (number > largest) {
                throw new SyntaxError("A number is too large");
            }
        }
        return number;
    }

    private int lastIndexOf(char c) {
        int i = line.length - 1;
        while (i >= 0 && line[i] != c) {
            i--;
        }
        return i;
    }

    private String ascii(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private byte[] octets(int from, int to) {
        return Arrays.copyOfRange(line, from, to);
    }
}
