package org.postrider.transport;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Counts connections against the limits: all of them, those of one client's address, and those
/// that are only told that they are too many.
final class Admission {

    private final int perAddress;
    private final Semaphore all;
    private final Semaphore refusals;
    private final ConcurrentHashMap<Network, Integer> addresses = new ConcurrentHashMap<>();

    Admission(TransportLimits limits) {
        this.perAddress = limits.connections().perAddress();
        this.all = new Semaphore(limits.connections().all());
        this.refusals = new Semaphore(limits.connections().refusals());
    }

    boolean enter() {
        return all.tryAcquire();
    }

    void leave() {
        all.release();
    }

    boolean enterRefused() {
        return refusals.tryAcquire();
    }

    void leaveRefused() {
        refusals.release();
    }

    boolean enter(InetAddress address) {
        Network subscriber = Network.subscriber(address);
        while (true) {
            Integer count = addresses.putIfAbsent(subscriber, 1);
            if (count == null) {
                return true;
            }
            if (count >= perAddress) {
                return false;
            }
            if (addresses.replace(subscriber, count, count + 1)) {
                return true;
            }
        }
    }

    void leave(InetAddress address) {
        addresses.computeIfPresent(
                Network.subscriber(address), (_, count) -> count == 1 ? null : count - 1);
    }

    /// How many connections more there may be.
    int free() {
        return all.availablePermits();
    }

    /// How many addresses are remembered.
    int addresses() {
        return addresses.size();
    }
}
