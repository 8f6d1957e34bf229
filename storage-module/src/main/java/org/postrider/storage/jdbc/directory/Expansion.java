package org.postrider.storage.jdbc.directory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory.Destination;
import org.postrider.storage.directory.Directory.Resolution;

/// Follows an address through aliases to those who get its mail.
///
/// Aliases that lead in a circle are refused when they are made; one that comes about all the same,
/// by a tag or a catch-all, is followed once.
public final class Expansion {

    /// What divides a user from a tag (RFC 5233 §1).
    private static final char TAG = '+';

    private final DirectoryView view;
    private final Map<Object, Destination> destinations = new LinkedHashMap<>();
    private final Set<String> followed = new HashSet<>();

    private Expansion(DirectoryView view) {
        this.view = view;
    }

    public static Resolution of(MailAddress address, DirectoryView view) throws SQLException {
        var home = home(address, view);
        if (home.isEmpty()) {
            return new Resolution.NotLocal();
        }
        var expansion = new Expansion(view);
        expansion.follow(address);
        return expansion.destinations.isEmpty()
                ? new Resolution.NoSuchUser()
                : new Resolution.Recipients(new ArrayList<>(expansion.destinations.values()));
    }

    /// An address under the name of the domain that has it, if that is ours.
    public static Optional<MailAddress> home(MailAddress address, DirectoryView view)
            throws SQLException {
        return view.domain(address.domain().value())
                .map(domain ->
                        domain.aliasOf().isEmpty()
                                ? address
                                : new MailAddress(
                                        address.localPart(), new DomainName(domain.aliasOf())));
    }

    /// The address without its tag, if it has one.
    public static Optional<MailAddress> untagged(MailAddress address) {
        int at = address.localPart().indexOf(TAG);
        return at < 1
                ? Optional.empty()
                : Optional.of(
                        new MailAddress(address.localPart().substring(0, at), address.domain()));
    }

    private void follow(MailAddress address) throws SQLException {
        var home = home(address, view);
        if (home.isEmpty()) {
            destinations.putIfAbsent(address.key(), new Destination.Elsewhere(address));
            return;
        }
        if (found(home.get(), "")) {
            return;
        }
        var user = untagged(home.get());
        var tag = user.map(is -> home.get().localPart().substring(is.localPart().length() + 1));
        if (user.isPresent() && found(user.get(), tag.get())) {
            return;
        }
        var catchAll =
                view.domain(home.get().domain().value()).map(DirectoryRow.OfDomain::catchAll);
        if (catchAll.isPresent() && !catchAll.get().isEmpty() && followed.add("@" + home.get())) {
            follow(address(catchAll.get()));
        }
    }

    /// @return whether there is an account or an alias of that name
    private boolean found(MailAddress address, String tag) throws SQLException {
        var account = view.accountAt(address.key());
        if (account.isPresent()) {
            add(account.get(), tag);
            return true;
        }
        var targets = view.targets(address.key());
        if (!targets.isEmpty() && followed.add(address.key())) {
            for (var target : targets) {
                follow(address(target.target()));
            }
        }
        return !targets.isEmpty();
    }

    private void add(DirectoryRow.OfAccount row, String tag) {
        boolean files = row.tagFiles() && !tag.isEmpty();
        destinations.putIfAbsent(
                row.id(),
                new Destination.Here(account(row), files ? Optional.of(tag) : Optional.empty()));
    }

    /// The account of a row.
    public static Account account(DirectoryRow.OfAccount row) {
        return new Account(new AccountId(Math.toIntExact(row.id())), address(row.address()));
    }

    /// An address as a row has it.
    public static MailAddress address(String stored) {
        return MailAddress.parse(stored)
                .orElseThrow(() -> new IllegalStateException("stored address: " + stored));
    }
}
