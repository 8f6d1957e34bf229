package org.postrider.storage.jdbc.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.mailbox.SpecialUse;

/// What a segment says of the directory, of accounts and of mailboxes: of what was created or
/// changed, and now and then all there is of an account.
///
/// @param whole whether an [Owner] is followed by all there is of the account, so that what was
///   said before does not count any more
/// @param directory rows of the directory, all that an owner has
/// @param earlier accounts as versions before the third told them; not written any more
public record NamesNote(
        boolean whole,
        List<Owner> accounts,
        List<Box> mailboxes,
        List<Limits> limits,
        List<Subscription> subscriptions,
        List<OwnedRows> directory,
        List<Earlier> earlier) {

    /// The first version knew accounts as they were created, and mailboxes without a UIDNEXT.
    private static final int FIRST_VERSION = 1;

    /// The second knew of the directory only addresses and passwords of accounts.
    private static final int SECOND_VERSION = 2;

    private static final int VERSION = 3;

    /// An account.
    ///
    /// @param uidValidity the next one
    public record Owner(int number, long uidValidity) {}

    /// A mailbox under a name.
    ///
    /// @param uidNext at least
    public record Box(
            int account,
            int number,
            String name,
            long uidValidity,
            SpecialUse use,
            long uidNext,
            boolean deleted) {}

    /// What an account may have; -1: no limit.
    public record Limits(int account, long octets, long messages) {}

    public record Subscription(int account, String name, boolean subscribed) {}

    /// An account that was created, or whose password was changed.
    ///
    /// @param address empty when only the password was told
    /// @param hash of its password
    public record Earlier(int account, String address, String hash) {}

    public NamesNote {
        accounts = List.copyOf(accounts);
        mailboxes = List.copyOf(mailboxes);
        limits = List.copyOf(limits);
        subscriptions = List.copyOf(subscriptions);
        directory = List.copyOf(directory);
        earlier = List.copyOf(earlier);
    }

    public NamesNote(
            List<Owner> accounts,
            List<Box> mailboxes,
            List<Limits> limits,
            List<Subscription> subscriptions,
            List<OwnedRows> directory) {
        this(true, accounts, mailboxes, limits, subscriptions, directory, List.of());
    }

    public boolean isEmpty() {
        return accounts.isEmpty()
                && mailboxes.isEmpty()
                && limits.isEmpty()
                && subscriptions.isEmpty()
                && directory.isEmpty()
                && earlier.isEmpty();
    }

    /// The accounts of which anything is said but what the directory says.
    public Set<Integer> owners() {
        var owners = new TreeSet<Integer>();
        accounts.forEach(each -> owners.add(each.number()));
        mailboxes.forEach(each -> owners.add(each.account()));
        limits.forEach(each -> owners.add(each.account()));
        subscriptions.forEach(each -> owners.add(each.account()));
        earlier.forEach(each -> owners.add(each.account()));
        return owners;
    }

    public byte[] encoded() {
        if (!earlier.isEmpty()) {
            throw new IllegalStateException("nothing is told as earlier versions did");
        }
        var out = new Varints.Out();
        out.number(VERSION).number(accounts.size());
        accounts.forEach(each -> out.number(each.number()).number(each.uidValidity()));
        out.number(mailboxes.size());
        for (var each : mailboxes) {
            out.number(each.account()).number(each.number()).text(each.name());
            out.number(each.uidValidity()).number(ColumnCodes.number(each.use()));
            out.number(each.deleted() ? 1 : 0).number(each.uidNext());
        }
        out.number(limits.size());
        limits.forEach(
                each -> out.number(each.account()).signed(each.octets()).signed(each.messages()));
        out.number(subscriptions.size());
        subscriptions.forEach(each ->
                out.number(each.account()).text(each.name()).number(each.subscribed() ? 1 : 0));
        out.number(directory.size());
        directory.forEach(each -> each.encode(out));
        return out.octets();
    }

    public static NamesNote decoded(byte[] octets) {
        var in = new Varints.In(octets);
        int version = in.count();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalArgumentException("NAMES of a newer version");
        }
        var earlier = new ArrayList<Earlier>();
        var accounts = list(in, each -> owner(each, version, earlier));
        var mailboxes = list(in, each -> box(each, version));
        if (version == FIRST_VERSION) {
            return new NamesNote(
                    false, accounts, mailboxes, List.of(), List.of(), List.of(), earlier);
        }
        if (version == SECOND_VERSION) {
            earlier.addAll(list(in, each -> new Earlier(each.count(), "", each.text())));
        }
        var limits = list(in, each -> new Limits(each.count(), each.signed(), each.signed()));
        var subscriptions =
                list(in, each -> new Subscription(each.count(), each.text(), each.number() == 1));
        var directory =
                version <= SECOND_VERSION ? List.<OwnedRows>of() : list(in, OwnedRows::decoded);
        return new NamesNote(true, accounts, mailboxes, limits, subscriptions, directory, earlier);
    }

    private static <T> List<T> list(Varints.In in, Function<Varints.In, T> one) {
        var all = new ArrayList<T>();
        for (int count = in.count(); count > 0; count--) {
            all.add(one.apply(in));
        }
        return all;
    }

    private static Owner owner(Varints.In in, int version, List<Earlier> earlier) {
        int number = in.count();
        if (version <= SECOND_VERSION) {
            in.text(); // the address as it is compared, which follows from the address
            earlier.add(new Earlier(number, in.text(), in.text()));
        }
        return new Owner(number, in.number());
    }

    private static Box box(Varints.In in, int version) {
        int account = in.count();
        int number = in.count();
        var name = in.text();
        long uidValidity = in.number();
        var use = ColumnCodes.specialUse(in.count());
        boolean deleted = in.number() == 1;
        long uidNext = version == FIRST_VERSION ? 1 : in.number();
        return new Box(account, number, name, uidValidity, use, uidNext, deleted);
    }
}
