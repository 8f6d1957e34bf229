package org.postrider.storage.jdbc.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.mailbox.SpecialUse;

/// What a segment says of accounts and mailboxes: of those that were created or changed, and now
/// and then all there is of an account.
///
/// @param whole whether an [Owner] is followed by all there is of the account, so that what was
///   said before does not count any more
public record NamesNote(
        boolean whole,
        List<Owner> accounts,
        List<Box> mailboxes,
        List<Secret> secrets,
        List<Limits> limits,
        List<Subscription> subscriptions) {

    /// The first version knew accounts as they were created, and mailboxes without a UIDNEXT.
    private static final int FIRST_VERSION = 1;

    private static final int VERSION = 2;

    /// An account.
    ///
    /// @param uidValidity the next one
    public record Owner(int number, String key, String address, String hash, long uidValidity) {}

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

    /// The hash of an account's password.
    public record Secret(int account, String hash) {}

    /// What an account may have; -1: no limit.
    public record Limits(int account, long octets, long messages) {}

    public record Subscription(int account, String name, boolean subscribed) {}

    public NamesNote {
        accounts = List.copyOf(accounts);
        mailboxes = List.copyOf(mailboxes);
        secrets = List.copyOf(secrets);
        limits = List.copyOf(limits);
        subscriptions = List.copyOf(subscriptions);
    }

    public boolean isEmpty() {
        return accounts.isEmpty()
                && mailboxes.isEmpty()
                && secrets.isEmpty()
                && limits.isEmpty()
                && subscriptions.isEmpty();
    }

    /// The accounts of which anything is said.
    public Set<Integer> owners() {
        var owners = new TreeSet<Integer>();
        accounts.forEach(each -> owners.add(each.number()));
        mailboxes.forEach(each -> owners.add(each.account()));
        secrets.forEach(each -> owners.add(each.account()));
        limits.forEach(each -> owners.add(each.account()));
        subscriptions.forEach(each -> owners.add(each.account()));
        return owners;
    }

    public byte[] encoded() {
        var out = new Varints.Out();
        out.number(VERSION).number(accounts.size());
        for (var each : accounts) {
            out.number(each.number()).text(each.key()).text(each.address());
            out.text(each.hash()).number(each.uidValidity());
        }
        out.number(mailboxes.size());
        for (var each : mailboxes) {
            out.number(each.account()).number(each.number()).text(each.name());
            out.number(each.uidValidity()).number(ColumnCodes.number(each.use()));
            out.number(each.deleted() ? 1 : 0).number(each.uidNext());
        }
        out.number(secrets.size());
        secrets.forEach(each -> out.number(each.account()).text(each.hash()));
        out.number(limits.size());
        limits.forEach(
                each -> out.number(each.account()).signed(each.octets()).signed(each.messages()));
        out.number(subscriptions.size());
        subscriptions.forEach(each ->
                out.number(each.account()).text(each.name()).number(each.subscribed() ? 1 : 0));
        return out.octets();
    }

    public static NamesNote decoded(byte[] octets) {
        var in = new Varints.In(octets);
        int version = in.count();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalArgumentException("NAMES of a newer version");
        }
        var accounts = new ArrayList<Owner>();
        for (int count = in.count(); count > 0; count--) {
            accounts.add(new Owner(in.count(), in.text(), in.text(), in.text(), in.number()));
        }
        var mailboxes = new ArrayList<Box>();
        for (int count = in.count(); count > 0; count--) {
            mailboxes.add(box(in, version));
        }
        if (version == FIRST_VERSION) {
            return new NamesNote(false, accounts, mailboxes, List.of(), List.of(), List.of());
        }
        var secrets = new ArrayList<Secret>();
        for (int count = in.count(); count > 0; count--) {
            secrets.add(new Secret(in.count(), in.text()));
        }
        var limits = new ArrayList<Limits>();
        for (int count = in.count(); count > 0; count--) {
            limits.add(new Limits(in.count(), in.signed(), in.signed()));
        }
        var subscriptions = new ArrayList<Subscription>();
        for (int count = in.count(); count > 0; count--) {
            subscriptions.add(new Subscription(in.count(), in.text(), in.number() == 1));
        }
        return new NamesNote(true, accounts, mailboxes, secrets, limits, subscriptions);
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
