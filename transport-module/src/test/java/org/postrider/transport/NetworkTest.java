package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.77/24, 192.0.2.1, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:192.0.2.0/24, 192.0.2.9, true"
    })
    void containsWhatSharesItsPrefix(String network, String address, boolean contained) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.test", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/x", "::/129"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubscriberIsAnIpv4AddressOrAnIpv6Network() {
        assertThat(Network.subscriber(InetAddress.ofLiteral("192.0.2.1")))
                .hasToString("192.0.2.1/32");
        assertThat(Network.subscriber(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6")))
                .isEqualTo(Network.subscriber(InetAddress.ofLiteral("2001:db8:1:2:ffff::1")))
                .isNotEqualTo(Network.subscriber(InetAddress.ofLiteral("2001:db8:1:3::1")));
    }
}
