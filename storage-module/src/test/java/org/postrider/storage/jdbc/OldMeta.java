package org.postrider.storage.jdbc;

import java.util.HexFormat;

/// A message, and what the first version of this program computed of it.
final class OldMeta {

    static final String MESSAGE =
            """
            From: Ada <ada@example.test>
            To: bob@example.test
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
            Date: Sun, 1 Mar 2026 10:00:00 +0100
            Message-ID: <one@example.test>
            References: <zero@example.test>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=x

            --x
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Viele  Gr=FC=DFe
            aus K=F6ln
            --x
            Content-Type: text/html

            <p>no</p>
            --x--
            """
                    .replace("\n", "\r\n");

    /// What version 1 of the codec made of [#MESSAGE].
    private static final byte[] CODED =
            HexFormat.of()
                    .parseHex(
                            "0101080149363a20416461203c616461406578616d706c652e746573743e0d0a"
                                    + "014b2a3a20626f62406578616d706c652e746573740d0a014d403a203d3f7574"
                                    + "662d383f713f47723d43333d42433d43333d3946653f3d0d0a014f463a205375"
                                    + "6e2c2031204d617220323032362031303a30303a3030202b303130300d0a0151"
                                    + "2e3a203c6f6e65406578616d706c652e746573743e0d0a0161303a203c7a6572"
                                    + "6f406578616d706c652e746573743e0d0a0155a50101594c3a206d756c746970"
                                    + "6172742f616c7465726e61746976653b20626f756e646172793d780d0a033e53"
                                    + "756e2c2031204d617220323032362031303a30303a3030202b30313030383d3f"
                                    + "7574662d383f713f47723d43333d42433d43333d3946653f3d01084164610008"
                                    + "6164611a6578616d706c652e7465737401000008626f621a6578616d706c652e"
                                    + "74657374000000263c6f6e65406578616d706c652e746573743e01008702b201"
                                    + "1113011b04780000090000000002008c025d1c030501192500000d0000000001"
                                    + "008c031b090307000000090000000000");

    private OldMeta() {}

    static byte[] coded() {
        return CODED.clone();
    }
}
