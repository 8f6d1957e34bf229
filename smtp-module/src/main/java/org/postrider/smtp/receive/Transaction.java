package org.postrider.smtp.receive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postrider.smtp.wire.ForwardPath;
import org.postrider.storage.address.ReversePath;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;

/// One message's envelope as it grows from MAIL over RCPT to DATA (RFC 5321 §3.3). An account that
/// is named several times, by whatever addresses, gets one copy.
public final class Transaction {

    private final ReversePath sender;
    private final long declared;
    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
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
    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    /// The accepted recipients as the client named them.
    public List<ForwardPath> paths() {
        return List.copyOf(paths);
    }

    int recipients() {
        return paths.size();
    }

    void add(ForwardPath path, Account account) {
        paths.add(path);
        accounts.putIfAbsent(account.id(), account);
    }
}
