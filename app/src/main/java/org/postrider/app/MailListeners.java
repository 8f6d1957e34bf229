package org.postrider.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postrider.app.config.ListenAddress;
import org.postrider.app.config.SettingProblem;
import org.postrider.transport.LineProtocol;
import org.postrider.transport.Listener;
import org.postrider.transport.ListenerSettings;
import org.postrider.transport.Network;
import org.postrider.transport.TlsKeys;
import org.postrider.transport.TlsMode;
import org.postrider.transport.Transport;
import org.postrider.transport.TransportLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every place where mail clients and servers reach us: all open, or none. Closing stops them, and
/// lets what is running finish.
final class MailListeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MailListeners.class);

    private final Transport transport;
    private final Map<String, Listener> open;

    private MailListeners(Transport transport, Map<String, Listener> open) {
        this.transport = transport;
        this.open = open;
    }

    /// One listener to be.
    ///
    /// @param name as in `postrider.listen.<name>`
    record Plan(String name, ListenAddress address, LineProtocol protocol, TlsMode tls) {}

    static Plan startTls(String name, ListenAddress address, LineProtocol protocol) {
        return new Plan(name, address, protocol, TlsMode.STARTTLS);
    }

    static Plan implicitTls(String name, ListenAddress address, LineProtocol protocol) {
        return new Plan(name, address, protocol, TlsMode.IMPLICIT);
    }

    static MailListeners open(
            TransportLimits limits, TlsKeys keys, List<Network> proxies, List<Plan> plans) {
        var transport = Transport.start(limits);
        try {
            var open = new LinkedHashMap<String, Listener>();
            for (var plan : plans) {
                if (plan.address() instanceof ListenAddress.At(var address)) {
                    var settings =
                            new ListenerSettings(
                                    plan.name(),
                                    address,
                                    plan.protocol(),
                                    plan.tls(),
                                    keys,
                                    proxies);
                    open.put(plan.name(), listen(transport, settings, plan));
                }
            }
            return new MailListeners(transport, open);
        } catch (SettingProblem e) {
            transport.close();
            throw e;
        }
    }

    /// Where each listener is, by its name.
    public Map<String, InetSocketAddress> addresses() {
        var addresses = new LinkedHashMap<String, InetSocketAddress>();
        open.forEach((name, listener) -> addresses.put(name, listener.address()));
        return addresses;
    }

    public Map<String, Listener> byName() {
        return Map.copyOf(open);
    }

    @Override
    public void close() {
        LOG.info("stopping: {} connections are told to go", transport.connections());
        transport.close();
    }

    private static Listener listen(Transport transport, ListenerSettings settings, Plan plan) {
        try {
            return transport.listen(settings);
        } catch (IOException e) {
            throw new SettingProblem(
                    "postrider.listen." + plan.name() + "=" + plan.address(),
                    reason(e),
                    "stop the program that listens there, or choose another address:port, or off.",
                    e);
        }
    }

    private static String reason(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        if (message.contains("in use")) {
            return "is in use";
        }
        return message.contains("ermission") ? "needs a right this user lacks" : "cannot be opened";
    }
}
