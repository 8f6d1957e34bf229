package org.postrider.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.imap.wire.FetchItem.Attribute;
import org.postrider.imap.wire.FetchItem.Range;
import org.postrider.imap.wire.FetchItem.Section;
import org.postrider.imap.wire.FetchItem.Text;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SystemFlag;

class ImapReaderTest {

    @Test
    void aStringIsAnAtomOrQuotedOrALiteral() throws Exception {
        var wanted = new ImapCommand.Login("bob", "pass word\\\"");
        assertThat(Wire.command("LOGIN bob \"pass word\\\\\\\"\"")).isEqualTo(wanted);
        assertThat(Wire.command("login {3+}\r\nbob {11}\r\npass word\\\"")).isEqualTo(wanted);
    }

    @Test
    void aClientIsAskedOnlyForLiteralsThatItHoldsBack() throws Exception {
        var wire = new Wire("a LOGIN {3+}\r\nbob {6}\r\nsecret\r\n");
        wire.command();
        assertThat(wire.asked()).isEqualTo(1);
        assertThat(wire.rest()).isEmpty();
    }

    @Test
    void nobodyIsAskedForALiteralAfterAMistake() {
        var wire = new Wire("a APPEND INBOX (\\Wrong) {6}\r\nsecret\r\n");
        assertThatThrownBy(wire::command).isInstanceOf(SyntaxError.class);
        assertThat(wire.asked()).isZero();
    }

    @Test
    void theMessageOfAnAppendWaitsForWhoeverWantsIt() throws Exception {
        var wire =
                new Wire(
                        "a APPEND INBOX (\\Seen x) \" 7-Feb-1994 21:52:25 -0800\" {4}\r\nabcd\r\n");
        var append = (ImapCommand.Append) wire.command();
        assertThat(wire.asked()).isZero();
        assertThat(append.flags()).isEqualTo(new Flags(Set.of(SystemFlag.SEEN), List.of("x")));
        assertThat(append.date()).contains(Instant.parse("1994-02-08T05:52:25Z"));
        assertThat(append.message().octets()).isEqualTo(4);
        assertThat(append.message().open().readAllBytes()).asString().isEqualTo("abcd");
        append.message().finish();
        assertThat(wire.asked()).isEqualTo(1);
        assertThat(wire.rest()).isEmpty();
    }

    @Test
    void abandoningACommandReadsAwayWhatComesUnasked() throws Exception {
        var wire = new Wire("a NONSENSE {3+}\r\nabc {2+}\r\nde {9}\r\nb NOOP\r\n");
        var reader = new ImapReader(wire.nextLine(), wire);
        reader.abandon();
        assertThat(wire.rest()).isEqualTo("b NOOP\r\n");
        assertThat(wire.asked()).isZero();
    }

    @Test
    void setsOfMessages() throws Exception {
        var fetch = (ImapCommand.Fetch) Wire.command("FETCH 1,3:5,*:7,9:* FLAGS");
        assertThat(fetch.messages().ranges())
                .containsExactly(
                        new SequenceSet.Range(1, 1),
                        new SequenceSet.Range(3, 5),
                        new SequenceSet.Range(SequenceSet.STAR, 7),
                        new SequenceSet.Range(9, SequenceSet.STAR));
        assertThat(new SequenceSet.Range(SequenceSet.STAR, 7).from(3)).isEqualTo(3);
        assertThat(new SequenceSet.Range(SequenceSet.STAR, 7).to(3)).isEqualTo(7);
    }

    @Test
    void itemsToFetch() throws Exception {
        assertThat(items("ALL"))
                .containsExactly(
                        Attribute.FLAGS,
                        Attribute.INTERNALDATE,
                        Attribute.RFC822_SIZE,
                        Attribute.ENVELOPE);
        assertThat(items("(body bodystructure UID)"))
                .containsExactly(Attribute.BODY, Attribute.BODYSTRUCTURE, Attribute.UID);
        assertThat(items("BODY.PEEK[1.2.HEADER.FIELDS.NOT (a \"b{c\")]<3.4>"))
                .containsExactly(
                        new Section(
                                "BODY[1.2.HEADER.FIELDS.NOT (a \"b{c\")]<3>",
                                List.of(1, 2),
                                new Text.Fields(List.of("a", "b{c"), true),
                                Optional.of(new Range(3, 4)),
                                true));
    }

    private static List<FetchItem> items(String text) throws Exception {
        return ((ImapCommand.Fetch) Wire.command("FETCH 1 " + text)).items();
    }

    @Test
    void uidFetchTellsTheUid() throws Exception {
        var fetch = (ImapCommand.Fetch) Wire.command("UID FETCH 1 FLAGS");
        assertThat(fetch.items()).containsExactly(Attribute.UID, Attribute.FLAGS);
    }

    @Test
    void changesOfFlags() throws Exception {
        var add = (ImapCommand.Store) Wire.command("STORE 1 +flags.silent \\deleted Junk");
        assertThat(add.silent()).isTrue();
        assertThat(add.change())
                .isEqualTo(
                        new FlagChange.Add(new Flags(Set.of(SystemFlag.DELETED), List.of("Junk"))));
        var replace = (ImapCommand.Store) Wire.command("UID STORE 1 FLAGS ()");
        assertThat(replace.change()).isEqualTo(new FlagChange.Replace(Flags.NONE));
    }

    @Test
    void keysToSearch() throws Exception {
        assertThat(key("OR (FROM a NOT SEEN) 1:2"))
                .isEqualTo(
                        new SearchKey.Or(
                                new SearchKey.And(
                                        List.of(
                                                new SearchKey.Header("FROM", "a"),
                                                new SearchKey.Not(
                                                        new SearchKey.Flagged(SystemFlag.SEEN)))),
                                new SearchKey.Messages(
                                        Numbering.SEQUENCE,
                                        new SequenceSet(List.of(new SequenceSet.Range(1, 2))))));
        assertThat(key("CHARSET ISO-8859-1 BODY {1+}\r\n\u00e4"))
                .isEqualTo(new SearchKey.Body("ä"));
        assertThat(key("ON 1-Feb-2026"))
                .isEqualTo(
                        new SearchKey.Received(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 2, 2)));
    }

    private static SearchKey key(String text) throws Exception {
        return ((ImapCommand.Search) Wire.command("SEARCH " + text)).key();
    }

    @Test
    void aSearchIsOnlySoDeep() throws Exception {
        key("NOT ".repeat(50) + "ALL");
        assertThatThrownBy(() -> key("NOT ".repeat(51) + "ALL")).isInstanceOf(SyntaxError.class);
        assertThatThrownBy(() -> key("(".repeat(60) + "ALL" + ")".repeat(60)))
                .isInstanceOf(SyntaxError.class);
        assertThatThrownBy(() -> key("ALL " + "ALL ".repeat(1000) + "ALL"))
                .isInstanceOf(SyntaxError.class);
    }

    @Test
    void namesOfMailboxes() throws Exception {
        assertThat(Wire.command("SELECT iNbOx"))
                .isEqualTo(new ImapCommand.Select(MailboxName.INBOX));
        assertThat(Wire.command("CREATE \"Entw&APw-rfe/\""))
                .isEqualTo(new ImapCommand.Create(new MailboxName("Entwürfe")));
        assertThat(Wire.command("LIST \"\" &APw-%/*"))
                .isEqualTo(new ImapCommand.ListMailboxes("", "ü%/*"));
        assertThatThrownBy(() -> Wire.command("SELECT \"&\""))
                .isInstanceOfSatisfying(
                        SyntaxError.class,
                        e ->
                                assertThat(e.answer())
                                        .hasToString("NO [CANNOT] No mailbox can have this name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "LOGIN",
                "LOGIN bob",
                "LOGIN bob ",
                "LOGIN  bob secret",
                "LOGIN bob secret ",
                "LOGIN bob {",
                "LOGIN bob {}",
                "LOGIN bob {3",
                "LOGIN bob {-3}",
                "LOGIN bob {3-}",
                "LOGIN bob {3}x",
                "LOGIN bob \"",
                "LOGIN bob \"\\",
                "LOGIN bob \"\\n\"",
                "LOGIN bob a\"b",
                "LOGIN bob %",
                "LOGIN bob \u0001",
                "LOGIN bob \u00e4",
                "NOOP NOOP",
                "UID",
                "UID ",
                "UID UID FETCH 1 FLAGS",
                "UID EXPUNGE",
                "FETCH : FLAGS",
                "FETCH 1: FLAGS",
                "FETCH 1:2:3 FLAGS",
                "FETCH 1, FLAGS",
                "FETCH -1 FLAGS",
                "FETCH $ FLAGS",
                "FETCH 4294967296 FLAGS",
                "FETCH 1 (FLAGS UID",
                "FETCH 1 (FLAGS  UID)",
                "FETCH 1 (ALL)",
                "FETCH 1 BODY.PEEK",
                "FETCH 1 BODY[1.HEADER.FIELDS]",
                "FETCH 1 BODY[1.FOO]",
                "FETCH 1 BODY[HEADER.FIELDS (a:b)]",
                "FETCH 1 BODY[1..2]",
                "FETCH 1 BODY[]<>",
                "FETCH 1 BODY[]<-1.2>",
                "STORE 1 +-FLAGS (a)",
                "STORE 1 FLAGS (a",
                "STORE 1 FLAGS (a))",
                "STORE 1 FLAGS {1}",
                "SEARCH OR ALL",
                "SEARCH NOT",
                "SEARCH ()",
                "SEARCH CHARSET",
                "SEARCH CHARSET UTF-8",
                "SEARCH LARGER -1",
                "SEARCH ON 1-1-2026",
                "SEARCH ON \"1-Jan-2026",
                "SEARCH BODY {4+}\r\n\u00e4\u00f6\u00fc\u00df",
                "STATUS INBOX MESSAGES",
                "STATUS INBOX (MESSAGES",
                "APPEND INBOX (\\Seen) (\\Seen) {1}",
                "APPEND INBOX \"1-Jan-2026 25:00:00 +0000\" {1}",
                "APPEND INBOX \"1-Jan-2026 00:00:00 +1900\" {1}",
                "APPEND INBOX \"1-Jan-2026 00:00:00 0000\" {1}",
                "ID",
                "ID (",
                "ID (\"a\")",
                "ENABLE",
                "AUTHENTICATE",
                "AUTHENTICATE PLAIN a b",
                "LIST \"\"",
                "LIST \"\" (%)",
            })
    void malformedCommandsAreSyntaxErrors(String text) {
        assertThatThrownBy(() -> Wire.command(text)).isInstanceOf(SyntaxError.class);
    }

    @Test
    void aTagIsNeitherEmptyNorAPlus() {
        for (var line : List.of("", " NOOP", "+ NOOP", "+a NOOP", "(a NOOP", "\"a\" NOOP", "*")) {
            var octets = line.getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(new ImapReader(octets, new Wire(""))::tag)
                    .as(line)
                    .isInstanceOf(SyntaxError.class);
        }
    }

    @Test
    void aReaderIsGivenOnlyTheLiteralsThatArrive() {
        assertThatThrownBy(() -> Wire.command("LOGIN {300}\r\nbob"))
                .isInstanceOf(IOException.class);
    }
}
