package org.postrider.storage.testing.mime;

import java.util.List;

/// Messages from seeds: the same seed, the same octets.
public final class SampleMail {

    private SampleMail() {}

    /// A message as people and programs send them, of 1 to 100 KB: several parts, attachments,
    /// headers in many languages, long threads. Its lines end with CRLF.
    public static byte[] realistic(long seed) {
        return new RealisticMail(seed).octets(0);
    }

    /// A message like [#realistic], with an attachment that makes it at least so large.
    public static byte[] realistic(long seed, int atLeast) {
        return new RealisticMail(seed).octets(atLeast);
    }

    /// A message that is wrong in one of many ways, some of them large. Bare CR and LF are among
    /// its octets, NUL is not.
    public static byte[] torturous(long seed) {
        return new TorturousMail(seed).octets();
    }

    /// Messages whose ENVELOPE and BODYSTRUCTURE are known.
    public static List<GoldenMail> golden() {
        return GoldenMail.ALL;
    }
}
