package org.postrider.storage.jdbc.check;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.blob.BodyDigest;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.DamagedBody;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MetaCodec;

/// Reads the octets of every message of a mailbox, and compares them with their checksums and with
/// what was computed of them when they came.
final class DeepCheck {

    /// Messages whose rows are read together.
    private static final int PAGE = 64;

    /// Bodies whose octets are not read again when another message names them.
    private static final int REMEMBERED = 16_384;

    private static final int CHUNK = 64 << 10;

    /// What the octets of a body give.
    ///
    /// @param what why they are not good, or empty
    /// @param meta the digest of the coded MessageMeta
    private record Octets(String what, int header, byte[] meta) {}

    private record Row(
            long uid,
            long body,
            byte[] meta,
            Optional<BodyPlace> where,
            int header,
            byte[] digest) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getLong(2),
                    row.getBytes(3),
                    BodyCheck.where(row, 4),
                    row.getInt(9),
                    row.getBytes(10));
        }
    }

    private final Session session;
    private final BodyStore bodies;
    private final Findings findings;
    private final List<BodyCheck.Damaged> damaged;
    private final Map<Long, Octets> read =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Octets> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// @param damaged where bodies go whose octets are not good
    DeepCheck(
            Session session, BodyStore bodies, Findings findings, List<BodyCheck.Damaged> damaged) {
        this.session = session;
        this.bodies = bodies;
        this.findings = findings;
        this.damaged = damaged;
    }

    void mailbox(int account, CheckedBox box) throws SQLException, IOException {
        long last = 0;
        List<Row> page;
        do {
            page =
                    session.query(
                            """
                            select m.uid, m.body_id, m.meta, b.pack_id, b.pack_off, b.pack_len,
                                b.codec, b.size, b.hdr_len, b.sha256
                            from message_meta m
                            join body b on b.account_id = m.account_id and b.body_id = m.body_id
                            where m.account_id = ? and m.mailbox_id = ? and m.uid > ?
                            order by m.uid
                            limit ?
                            """,
                            Row::read,
                            account,
                            box.row.number(),
                            last,
                            PAGE);
            for (var row : page) {
                if (row.where().isPresent()) {
                    message(row, row.where().get(), box.place.message(row.uid()));
                }
                last = row.uid();
            }
        } while (page.size() == PAGE);
    }

    private void message(Row row, BodyPlace where, Place place) throws IOException {
        var known = read.get(row.body());
        var octets = known == null ? read(row, where) : known;
        read.put(row.body(), octets);
        if (!octets.what().isEmpty()) {
            damaged.add(new BodyCheck.Damaged(place, row.body(), where, octets.what()));
            return;
        }
        if (octets.header() != row.header()) {
            findings.add(
                    Invariant.B4,
                    place.object("body " + row.body()),
                    "has a header of %d octets, the row says %d"
                            .formatted(octets.header(), row.header()));
        }
        boolean current = row.meta().length > 0 && row.meta()[0] == MetaCodec.CURRENT;
        if (current && !Arrays.equals(octets.meta(), sha256(row.meta()))) {
            findings.add(
                    Invariant.B5, place, "what was computed of it is not what its octets give");
        }
    }

    private Octets read(Row row, BodyPlace where) throws IOException {
        var digest = BodyDigest.begin();
        var parser = MessageParser.begin();
        long length = 0;
        try (var octets = bodies.open(where, 0, where.size())) {
            var buffer = new byte[CHUNK];
            for (int n = octets.read(buffer); n >= 0; n = octets.read(buffer)) {
                digest.update(buffer, 0, n);
                parser.write(buffer, 0, n);
                length += n;
            }
        } catch (DamagedBody e) {
            return bad("its checksum is another");
        } catch (IOException e) {
            return bad("cannot be read: " + e.getMessage());
        }
        findings.octets += length;
        if (length != where.size()) {
            return bad("has %d octets, the row says %d".formatted(length, where.size()));
        }
        if (!Arrays.equals(digest.digest(), row.digest())) {
            return bad("its octets are not those that came: another SHA-256");
        }
        var meta = MetaCodec.encode(parser.finish());
        return new Octets("", (int) Math.min(parser.headerOctets(), length), sha256(meta));
    }

    private static Octets bad(String what) {
        return new Octets(what, 0, new byte[0]);
    }

    private static byte[] sha256(byte[] octets) {
        MessageDigest digest = BodyDigest.begin();
        return digest.digest(octets);
    }
}
