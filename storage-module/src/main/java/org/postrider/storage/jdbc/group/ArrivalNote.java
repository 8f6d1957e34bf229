package org.postrider.storage.jdbc.group;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SystemFlag;

/// What a segment says of a message that came to a mailbox: all that its rows said then and its
/// body does not say.
///
/// @param bodyId `body.body_id`; 0 where the first version did not say it
/// @param date INTERNALDATE, milliseconds since 1970
/// @param trace the trace fields of this recipient
/// @param digest SHA-256 of the body
public record ArrivalNote(
        int account,
        int mailbox,
        long uid,
        long modSeq,
        long bodyId,
        Flags flags,
        long date,
        byte[] trace,
        BodyPlace body,
        byte[] digest) {

    private static final int FIRST_VERSION = 1;
    private static final int VERSION = 2;

    public byte[] encoded() {
        var out = new Varints.Out();
        out.number(VERSION).number(account).number(mailbox).number(uid).number(modSeq);
        out.number(bodyId);
        out.number(KeywordBits.system(flags)).number(flags.keywords().size());
        flags.keywords().forEach(out::text);
        out.signed(date).counted(trace);
        out.number(body.pack()).number(body.offset()).number(body.stored());
        out.number(body.codec().number()).number(body.size()).counted(digest);
        return out.octets();
    }

    public static ArrivalNote decoded(byte[] octets) {
        var in = new Varints.In(octets);
        int version = in.count();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalArgumentException("an ARRIVAL of a newer version");
        }
        return new ArrivalNote(
                in.count(),
                in.count(),
                in.number(),
                in.number(),
                version == FIRST_VERSION ? 0 : in.number(),
                flags(in),
                in.signed(),
                in.counted(),
                new BodyPlace(
                        in.number(), in.number(), in.count(), BodyCodec.of(in.count()), in.count()),
                in.counted());
    }

    /// The same of a body that is somewhere else by now.
    public ArrivalNote at(BodyPlace place) {
        return new ArrivalNote(
                account, mailbox, uid, modSeq, bodyId, flags, date, trace, place, digest);
    }

    private static Flags flags(Varints.In in) {
        long system = in.number();
        var flags = EnumSet.noneOf(SystemFlag.class);
        for (var flag : SystemFlag.values()) {
            if ((system & ColumnCodes.bit(flag)) != 0) {
                flags.add(flag);
            }
        }
        List<String> keywords = new ArrayList<>();
        for (int count = in.count(); count > 0; count--) {
            keywords.add(in.text());
        }
        return new Flags(flags, keywords);
    }
}
