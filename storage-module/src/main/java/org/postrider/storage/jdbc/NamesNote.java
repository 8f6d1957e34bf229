package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.mailbox.SpecialUse;

/// What a segment says of accounts and mailboxes that were created or named anew.
record NamesNote(List<Owner> accounts, List<Box> mailboxes) {

    private static final int VERSION = 1;

    /// An account, as it was created.
    record Owner(int number, String key, String address, String hash, long uidValidity) {}

    /// A mailbox under a name.
    record Box(
            int account,
            int number,
            String name,
            long uidValidity,
            SpecialUse use,
            boolean deleted) {}

    NamesNote {
        accounts = List.copyOf(accounts);
        mailboxes = List.copyOf(mailboxes);
    }

    boolean isEmpty() {
        return accounts.isEmpty() && mailboxes.isEmpty();
    }

    byte[] encoded() {
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
            out.number(each.deleted() ? 1 : 0);
        }
        return out.octets();
    }

    static NamesNote decoded(byte[] octets) {
        var in = new Varints.In(octets);
        if (in.count() != VERSION) {
            throw new IllegalArgumentException("NAMES of a newer version");
        }
        var accounts = new ArrayList<Owner>();
        for (int count = in.count(); count > 0; count--) {
            accounts.add(new Owner(in.count(), in.text(), in.text(), in.text(), in.number()));
        }
        var mailboxes = new ArrayList<Box>();
        for (int count = in.count(); count > 0; count--) {
            mailboxes.add(
                    new Box(
                            in.count(),
                            in.count(),
                            in.text(),
                            in.number(),
                            ColumnCodes.specialUse(in.count()),
                            in.number() == 1));
        }
        return new NamesNote(accounts, mailboxes);
    }
}
