package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SystemFlag;

/// What a segment says of a message that came to a mailbox: all that its rows said then and its
/// body does not say.
///
/// @param date INTERNALDATE, milliseconds since 1970
/// @param trace the trace fields of this recipient
/// @param digest SHA-256 of the body
record ArrivalNote(
        int account,
        int mailbox,
        long uid,
        long modSeq,
        Flags flags,
        long date,
        byte[] trace,
        BodyPlace body,
        byte[] digest) {

    private static final int VERSION = 1;

    byte[] encoded() {
        var out = new Varints.Out();
        out.number(VERSION).number(account).number(mailbox).number(uid).number(modSeq);
        out.number(KeywordBits.system(flags)).number(flags.keywords().size());
        flags.keywords().forEach(out::text);
        out.signed(date).counted(trace);
        out.number(body.pack()).number(body.offset()).number(body.stored());
        out.number(body.codec().number()).number(body.size()).counted(digest);
        return out.octets();
    }

    static ArrivalNote decoded(byte[] octets) {
        var in = new Varints.In(octets);
        if (in.count() != VERSION) {
            throw new IllegalArgumentException("an ARRIVAL of a newer version");
        }
        return new ArrivalNote(
                in.count(),
                in.count(),
                in.number(),
                in.number(),
                flags(in),
                in.signed(),
                in.counted(),
                new BodyPlace(
                        in.number(), in.number(), in.count(), BodyCodec.of(in.count()), in.count()),
                in.counted());
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
