package org.postrider.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A block of IP addresses that share a prefix (RFC 4632 §3.1, RFC 4291 §2.3).
///
/// @param base the first address of the block
/// @param prefix how many leading bits are fixed
public record Network(InetAddress base, int prefix) {

    public Network {
        byte[] octets = base.getAddress();
        if (prefix < 0 || prefix > octets.length * 8) {
            throw new IllegalArgumentException(
                    "no such prefix: " + base.getHostAddress() + "/" + prefix);
        }
        base = address(masked(octets, prefix));
    }

    /// Reads `192.0.2.0/24`, `2001:db8::/32`, or one address. Names are not looked up.
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        return new Network(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
    }

    /// What one customer has at least: an IPv4 address, an IPv6 /64.
    public static Network subscriber(InetAddress address) {
        return new Network(address, address.getAddress().length == 4 ? 32 : 64);
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == base.getAddress().length
                && address(masked(octets, prefix)).equals(base);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }

    private static byte[] masked(byte[] octets, int prefix) {
        for (int i = 0; i < octets.length; i++) {
            int kept = Math.clamp(prefix - i * 8L, 0, 8);
            octets[i] &= (byte) (0xff << (8 - kept));
        }
        return octets;
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IP address: " + octets.length + " octets", e);
        }
    }
}
