package org.postrider.storage.jdbc.directory;

import java.util.List;
import org.postrider.storage.address.MailAddress;

/// A row of a table of the directory.
public sealed interface DirectoryRow {

    /// The values of its columns, in the order of [DirectoryTable#read].
    List<Object> values();

    /// A domain.
    ///
    /// @param createdAt milliseconds since 1970
    /// @param aliasOf the domain whose addresses it has; empty for one of its own
    /// @param catchAll an address, or empty
    /// @param allotment in octets; -1 for any
    record OfDomain(
            String name,
            long createdAt,
            String aliasOf,
            String catchAll,
            long allotment,
            long version)
            implements DirectoryRow {

        public static OfDomain of(List<Object> values) {
            return new OfDomain(
                    (String) values.get(0),
                    (Long) values.get(1),
                    (String) values.get(2),
                    (String) values.get(3),
                    (Long) values.get(4),
                    (Long) values.get(5));
        }

        /// The same without its age and version.
        public List<Object> settings() {
            return List.of(aliasOf, catchAll, allotment);
        }

        /// One without any settings.
        public static OfDomain plain(String name, long createdAt) {
            return new OfDomain(name, createdAt, "", "", -1, 1);
        }

        @Override
        public List<Object> values() {
            return List.of(name, createdAt, aliasOf, catchAll, allotment, version);
        }
    }

    /// An account.
    ///
    /// @param state of [AccountStates]
    /// @param deletedAt milliseconds since 1970; 0 when it was not
    record OfAccount(
            long id,
            String key,
            String address,
            String passwordHash,
            long state,
            long createdAt,
            String domain,
            boolean tagFiles,
            long deletedAt,
            long version)
            implements DirectoryRow {

        public static OfAccount of(List<Object> values) {
            return new OfAccount(
                    (Long) values.get(0),
                    (String) values.get(1),
                    (String) values.get(2),
                    (String) values.get(3),
                    (Long) values.get(4),
                    (Long) values.get(5),
                    (String) values.get(6),
                    (Boolean) values.get(7),
                    (Long) values.get(8),
                    (Long) values.get(9));
        }

        /// An active one without any settings.
        public static OfAccount plain(long id, MailAddress address, String hash, long createdAt) {
            return new OfAccount(
                    id,
                    address.key(),
                    address.toString(),
                    hash,
                    AccountStates.ACTIVE,
                    createdAt,
                    address.domain().value(),
                    false,
                    0,
                    1);
        }

        @Override
        public List<Object> values() {
            return List.of(
                    id,
                    key,
                    address,
                    passwordHash,
                    state,
                    createdAt,
                    domain,
                    tagFiles,
                    deletedAt,
                    version);
        }

        public boolean isDeleted() {
            return state == AccountStates.DELETED;
        }

        /// The same without its age and version.
        public List<Object> settings() {
            return List.of(address, passwordHash, state, tagFiles);
        }

        /// The same account with something else kept of its password.
        public OfAccount withPassword(String hash) {
            return new OfAccount(
                    id, key, address, hash, state, createdAt, domain, tagFiles, deletedAt, version);
        }

        /// What stays of an account; its address is free.
        public OfAccount deleted(long at) {
            return new OfAccount(
                    id,
                    "#" + id,
                    address,
                    "-",
                    AccountStates.DELETED,
                    createdAt,
                    domain,
                    tagFiles,
                    at,
                    version + 1);
        }
    }

    /// An alias.
    record OfAlias(String key, String address, String domain, long createdAt, long version)
            implements DirectoryRow {

        public static OfAlias of(List<Object> values) {
            return new OfAlias(
                    (String) values.get(0),
                    (String) values.get(1),
                    (String) values.get(2),
                    (Long) values.get(3),
                    (Long) values.get(4));
        }

        @Override
        public List<Object> values() {
            return List.of(key, address, domain, createdAt, version);
        }
    }

    /// An address as which an account may send.
    record OfSendAs(long account, String key, String address) implements DirectoryRow {

        public static OfSendAs of(List<Object> values) {
            return new OfSendAs(
                    (Long) values.get(0), (String) values.get(1), (String) values.get(2));
        }

        @Override
        public List<Object> values() {
            return List.of(account, key, address);
        }
    }

    /// A target of an alias.
    record OfTarget(String alias, long n, String target, String targetKey) implements DirectoryRow {

        public static OfTarget of(List<Object> values) {
            return new OfTarget(
                    (String) values.get(0),
                    (Long) values.get(1),
                    (String) values.get(2),
                    (String) values.get(3));
        }

        @Override
        public List<Object> values() {
            return List.of(alias, n, target, targetKey);
        }
    }
}
