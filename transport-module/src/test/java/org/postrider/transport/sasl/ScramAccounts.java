package org.postrider.transport.sasl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postrider.transport.Connection;

/// Accounts in memory: `user` with `pencil`, and what a test adds. Names are in any case. `later`
/// is nobody that can be asked for now. Every end of a login is noted.
final class ScramAccounts implements ScramDirectory {

    private final Map<String, ScramKeys> keys = new HashMap<>();
    private final List<String> conclusions = new ArrayList<>();
    private boolean locked;

    ScramAccounts() {
        add("user", "pencil");
    }

    void add(String name, String password) {
        put(
                name,
                ScramKeys.of(password, new byte[ScramKeys.SALT_OCTETS], ScramKeys.ITERATIONS)
                        .orElseThrow());
    }

    void put(String name, ScramKeys kept) {
        keys.put(name, kept);
    }

    /// From now on no login is decided.
    void lock() {
        locked = true;
    }

    List<String> conclusions() {
        return List.copyOf(conclusions);
    }

    static Identity identity(String name) {
        return new Identity(name.length(), name);
    }

    @Override
    public Optional<Attempt> begin(String name, Connection from) {
        return begin(name);
    }

    Optional<Attempt> begin(String given) {
        var name = given.toLowerCase(Locale.ROOT);
        return name.equals("later") ? Optional.empty() : Optional.of(new Login(name));
    }

    private final class Login implements Attempt {

        private final String name;

        Login(String name) {
            this.name = name;
        }

        @Override
        public String canonicalName() {
            return name;
        }

        @Override
        public Optional<ScramKeys> keys() {
            return Optional.ofNullable(keys.get(name));
        }

        @Override
        public Authenticator.Verdict conclude(boolean proven) {
            conclusions.add(name + " " + proven);
            if (locked) {
                return new Authenticator.Verdict.Unavailable();
            }
            return proven
                    ? new Authenticator.Verdict.Accepted(identity(name))
                    : new Authenticator.Verdict.Rejected();
        }
    }
}
