package org.postrider.storage.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Directory.Creation;
import org.postrider.storage.directory.PasswordHash;
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
        store.directory().createDomain(parsed.domain());
        return switch (store.directory().createAccount(parsed, PASSWORD)) {
            case Creation.Created(var account) -> account;
            case Creation.Exists<Account> _ ->
                    store.directory().credential(parsed).orElseThrow().account();
            case Creation.NoSuchDomain<Account> _ -> throw new IllegalStateException(address);
        };
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
