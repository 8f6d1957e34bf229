package org.postrider.storage.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Domain;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.JdbcStore;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Staging;

/// Stores for tests.
public final class TestStores {

    /// The hash that [#account] gives: what it hashes, a test's authenticator decides.
    public static final PasswordHash PASSWORD = new PasswordHash("{test}secret");

    private TestStores() {}

    /// A real store on H2 in a directory; the one that is there already, if there is one.
    public static Store h2(Path directory) {
        return JdbcStore.open(StoreSettings.embedded(directory), InstantSource.system());
    }

    /// As [#h2], on a disk that has no room for new messages any more, and some for what removes
    /// messages.
    public static Store h2BelowTheLowWaterMark(Path directory) {
        var all = new StoreLimits.Bodies(StoreLimits.Bodies.USUAL.segmentOctets(), Long.MAX_VALUE);
        var settings = StoreSettings.embedded(directory);
        return JdbcStore.open(
                settings.withLimits(settings.limits().with(all)), InstantSource.system());
    }

    /// An account, created with its domain when it is not there.
    public static Account account(Store store, String address) {
        var parsed =
                MailAddress.parse(address).orElseThrow(() -> new IllegalArgumentException(address));
        var administration = store.administration();
        var _ =
                administration.putDomain(
                        Domain.Settings.of(parsed.domain()), new Precondition.Absent());
        var settings = AccountEntry.Settings.of(parsed, PASSWORD);
        return switch (administration.putAccount(settings, new Precondition.Absent())) {
            case Change.Made(var entry, _) -> entry.account();
            case Change.Refused<AccountEntry> _ ->
                    store.directory().credential(parsed).orElseThrow().account();
        };
    }

    /// Changes what an account may have, and nothing else.
    public static void setQuota(Store store, AccountId account, Quota.Limits limits) {
        var was = settings(store, account);
        put(
                store,
                new AccountEntry.Settings(
                        was.address(),
                        Optional.empty(),
                        was.standing(),
                        was.tagFiles(),
                        was.sendAs(),
                        limits));
    }

    /// Changes an account's password, and nothing else.
    public static void setPassword(Store store, AccountId account, PasswordHash password) {
        var was = settings(store, account);
        put(
                store,
                new AccountEntry.Settings(
                        was.address(),
                        Optional.of(password),
                        was.standing(),
                        was.tagFiles(),
                        was.sendAs(),
                        was.limits()));
    }

    private static AccountEntry.Settings settings(Store store, AccountId account) {
        var address = store.directory().find(account).orElseThrow().address();
        return store.administration().account(address).orElseThrow().settings();
    }

    private static void put(Store store, AccountEntry.Settings settings) {
        if (store.administration().putAccount(settings, new Precondition.None())
                instanceof Change.Refused<AccountEntry> refused) {
            throw new IllegalStateException(refused.toString());
        }
    }

    /// A staged message of these characters, one octet each.
    public static Staged staged(Store store, String message) {
        try {
            var octets = new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1));
            return switch (store.messages().stage(octets, Integer.MAX_VALUE)) {
                case Staging.Ready(var staged) -> staged;
                case Staging.TooLarge _ -> throw new IllegalArgumentException("too large");
                case Staging.HoldsNul _ -> throw new IllegalArgumentException("holds a NUL");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lines of base64 that no compression makes much shorter.
    public static String noise(long seed, int octets) {
        var noise = new byte[octets];
        new Random(seed).nextBytes(noise);
        return Base64.getMimeEncoder().encodeToString(noise) + "\r\n";
    }
}
