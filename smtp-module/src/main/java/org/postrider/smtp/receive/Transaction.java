package org.postrider.smtp.receive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postrider.smtp.wire.ForwardPath;
import org.postrider.storage.address.ReversePath;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory.Destination;

/// One message's envelope as it grows from MAIL over RCPT to DATA (RFC 5321 §3.3). An account that
/// is named several times, by whatever addresses, gets one copy, where the first of them says.
public final class Transaction {

    private final ReversePath sender;
    private final long declared;
    private final Map<AccountId, Destination.Here> destinations = new LinkedHashMap<>();
    private final List<ForwardPath> paths = new ArrayList<>();

    Transaction(ReversePath sender, long declared) {
        this.sender = sender;
        this.declared = declared;
    }

    public ReversePath sender() {
        return sender;
    }

    /// The size that the client announced (RFC 1870 §6), 0 when it announced none.
    long declared() {
        return declared;
    }

    /// The accounts that get the message, each once, in the order in which they were named first.
    public List<Destination.Here> destinations() {
        return List.copyOf(destinations.values());
    }

    /// The accepted recipients as the client named them.
    public List<ForwardPath> paths() {
        return List.copyOf(paths);
    }

    int recipients() {
        return paths.size();
    }

    void add(ForwardPath path, List<Destination.Here> to) {
        paths.add(path);
        to.forEach(each -> destinations.putIfAbsent(each.account().id(), each));
    }
}
