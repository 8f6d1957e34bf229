package org.postrider.storage.jdbc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;

/// What segments say beside the bodies can be read again, also what an earlier version wrote.
class SegmentNotesTest {

    private static final NamesNote.Owner OWNER = new NamesNote.Owner(7, 99);

    private static final OwnedRows.Owner GONE =
            new OwnedRows.Owner(DirectoryTable.ALIASES, "info@x.test");

    private static final byte[] DIGEST = new byte[32];

    @Test
    void namesAreWhatTheyWere() {
        var address = MailAddress.parse("Ann@x.test").orElseThrow();
        var row = DirectoryRow.OfAccount.plain(7, address, "{test}hash", 1L << 40);
        var account =
                new OwnedRows(
                        new OwnedRows.Owner(DirectoryTable.ACCOUNTS, 7L), List.of(row.values()));
        var note =
                new NamesNote(
                        List.of(OWNER),
                        List.of(new NamesNote.Box(7, 3, "März", 9, SpecialUse.JUNK, 12, true)),
                        List.of(new NamesNote.Limits(7, 1L << 40, -1)),
                        List.of(new NamesNote.Subscription(7, "Not there", false)),
                        List.of(account, new OwnedRows(GONE, List.of())));
        assertThat(NamesNote.decoded(note.encoded())).isEqualTo(note);
    }

    @Test
    void namesOfTheFirstVersionTellLess() {
        var out = new Varints.Out();
        out.number(1).number(1).number(7).text("ann@x.test").text("Ann@x.test");
        out.text("{test}hash").number(99);
        out.number(1).number(7).number(3).text("Work").number(9).number(0).number(0);
        var note = NamesNote.decoded(out.octets());
        assertThat(note.whole()).isFalse();
        assertThat(note.accounts()).containsExactly(OWNER);
        assertThat(note.mailboxes())
                .containsExactly(new NamesNote.Box(7, 3, "Work", 9, SpecialUse.NONE, 1, false));
        assertThat(note.owners()).containsExactly(7);
        assertThat(note.earlier())
                .containsExactly(new NamesNote.Earlier(7, "Ann@x.test", "{test}hash"));
    }

    @Test
    void namesOfTheSecondVersionKnowPasswordsAlone() {
        var out = new Varints.Out();
        out.number(2).number(0).number(0).number(1).number(7).text("{test}other");
        out.number(1).number(7).signed(-1).signed(5).number(0);
        var note = NamesNote.decoded(out.octets());
        assertThat(note.whole()).isTrue();
        assertThat(note.earlier()).containsExactly(new NamesNote.Earlier(7, "", "{test}other"));
        assertThat(note.limits()).containsExactly(new NamesNote.Limits(7, -1, 5));
        assertThat(note.directory()).isEmpty();
    }

    @Test
    void anArrivalOfTheFirstVersionDoesNotNameItsBody() {
        var out = new Varints.Out();
        out.number(1).number(7).number(3).number(5).number(40).number(1).number(0);
        out.signed(-3).counted(new byte[] {65}).number(2).number(16).number(10);
        out.number(BodyCodec.NONE.number()).number(10).counted(DIGEST);
        var note = ArrivalNote.decoded(out.octets());
        assertThat(note.bodyId()).isZero();
        assertThat(note.uid()).isEqualTo(5);
        assertThat(note.flags()).isEqualTo(Flags.of(SystemFlag.SEEN));
        assertThat(note.body()).isEqualTo(BodyPlace.plain(2, 16, 10));
    }

    @Test
    void anArrivalIsWhatItWasAndMayBeElsewhere() {
        var flags = new Flags(Set.of(SystemFlag.FLAGGED), List.of("$Work"));
        var place = BodyPlace.plain(2, 16, 10);
        var note = new ArrivalNote(7, 3, 5, 40, 1L << 50, flags, 77, new byte[0], place, DIGEST);
        var moved = ArrivalNote.decoded(note.at(BodyPlace.plain(9, 32, 10)).encoded());
        assertThat(moved.bodyId()).isEqualTo(1L << 50);
        assertThat(moved.flags()).isEqualTo(flags);
        assertThat(moved.body()).isEqualTo(BodyPlace.plain(9, 32, 10));
    }

    @Test
    void whatALaterVersionWroteIsRefused() {
        var later = new Varints.Out().number(4).octets();
        assertThatIllegalArgumentException().isThrownBy(() -> NamesNote.decoded(later));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalNote.decoded(later));
    }
}
