package org.postrider.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where a protocol listens, or that it does not.
public sealed interface ListenAddress {

    record Off() implements ListenAddress {
        @Override
        public String toString() {
            return "off";
        }
    }

    /// @param address the address and port; port 0 asks the system for a free one
    record At(InetSocketAddress address) implements ListenAddress {
        @Override
        public String toString() {
            var host = address.getAddress();
            return (host.isAnyLocalAddress() ? "*" : literal(host)) + ":" + address.getPort();
        }

        private static String literal(InetAddress host) {
            var text = host.getHostAddress();
            return text.contains(":") ? "[" + text + "]" : text;
        }
    }

    /// Reads `address:port`, `[IPv6]:port`, `*:port` (every address) or `off`.
    static ListenAddress valueOf(String text) {
        var value = text.strip();
        if (value.equalsIgnoreCase("off")) {
            return new Off();
        }
        int colon = value.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("is neither address:port nor off");
        }
        int port = port(value.substring(colon + 1));
        var host = value.substring(0, colon);
        return new At(
                host.equals("*")
                        ? new InetSocketAddress(port)
                        : new InetSocketAddress(address(host), port));
    }

    private static int port(String digits) {
        if (!isPort(digits)) {
            throw new IllegalArgumentException("has no port from 0 to 65535 after the last colon");
        }
        return Integer.parseInt(digits);
    }

    /// Whether this is a number from 0 to 65535.
    static boolean isPort(String digits) {
        return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 65_535;
    }

    private static InetAddress address(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.contains(":") && !bracketed) {
            throw new IllegalArgumentException("needs brackets around its IPv6 address: [::1]:143");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("names a host that cannot be found: " + host, e);
        }
    }
}
