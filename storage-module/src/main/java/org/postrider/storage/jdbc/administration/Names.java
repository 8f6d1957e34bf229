package org.postrider.storage.jdbc.administration;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Change.Reason;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.jdbc.directory.Expansion;
import org.postrider.storage.jdbc.group.DirectoryLedger;

/// What names must be for a change to be made of them.
final class Names {

    private Names() {}

    /// Whether a precondition forbids the change.
    ///
    /// @param version of what there is, if there is anything
    static Optional<Reason> refusal(Precondition given, Optional<Long> version) {
        return switch (given) {
            case Precondition.None() -> Optional.empty();
            case Precondition.Absent() -> version.map(_ -> Reason.EXISTS);
            case Precondition.AtVersion(long wanted) ->
                    version.isEmpty()
                            ? Optional.of(Reason.NOT_THERE)
                            : version.filter(is -> is != wanted).map(_ -> Reason.STALE);
        };
    }

    /// Whether something cannot have an address in this domain.
    static Optional<Reason> refusal(DirectoryLedger directory, MailAddress address)
            throws SQLException {
        var domain = directory.domain(address.domain().value());
        if (domain.isEmpty()) {
            return Optional.of(Reason.NO_SUCH_DOMAIN);
        }
        return domain.filter(is -> !is.aliasOf().isEmpty()).map(_ -> Reason.DOMAIN_IS_ALIAS);
    }

    /// The key of the account or alias that gets mail for an address by its name or that without a
    /// tag; of an address elsewhere its own. Empty when it is nobody's but perhaps a catch-all's.
    static Optional<String> keyOf(DirectoryLedger directory, MailAddress address)
            throws SQLException {
        var home = Expansion.home(address, directory);
        if (home.isEmpty()) {
            return Optional.of(address.key());
        }
        if (isNamed(directory, home.get())) {
            return Optional.of(home.get().key());
        }
        var user = Expansion.untagged(home.get());
        return user.isPresent() && isNamed(directory, user.get())
                ? user.map(MailAddress::key)
                : Optional.empty();
    }

    private static boolean isNamed(DirectoryLedger directory, MailAddress address)
            throws SQLException {
        return directory.accountAt(address.key()).isPresent()
                || directory.alias(address.key()).isPresent();
    }

    /// Whether mail for one of these keys comes back to `alias`, or goes to more than so many.
    static Optional<Reason> refusal(
            DirectoryLedger directory, String alias, List<String> keys, int most)
            throws SQLException {
        var seen = new HashSet<>(keys);
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            var key = open.remove();
            if (key.equals(alias)) {
                return Optional.of(Reason.LOOP);
            }
            for (var target : directory.targets(key)) {
                if (seen.add(target.targetKey())) {
                    open.add(target.targetKey());
                }
            }
            if (seen.size() > most) {
                return Optional.of(Reason.TOO_MANY);
            }
        }
        return Optional.empty();
    }

    /// An alias, or a domain by its catch-all, that sends mail to this key.
    static Optional<String> userOf(DirectoryLedger directory, String key) throws SQLException {
        var aliases = directory.aliasesTo(key);
        if (!aliases.isEmpty()) {
            return Optional.of(aliases.getFirst().alias());
        }
        for (var domain : directory.domainsWithCatchAll()) {
            if (keyOf(directory, Expansion.address(domain.catchAll())).equals(Optional.of(key))) {
                return Optional.of(domain.name());
            }
        }
        return Optional.empty();
    }

    /// Whether an address in a domain of ours is nobody's.
    static boolean isNobody(DirectoryLedger directory, MailAddress address) throws SQLException {
        return keyOf(directory, address).isEmpty();
    }
}
