package org.postrider.storage.jdbc.restore;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.jdbc.group.NamesNote;

/// What the notes of all segments say of accounts and mailboxes, the later ones before the earlier.
final class KnownNames {

    /// What they say of one account.
    static final class Known {
        final int number;
        Optional<NamesNote.Owner> owner = Optional.empty();

        /// As versions told them that did not tell rows of the directory; empty when none did.
        String earlierAddress = "";

        String earlierHash = "";

        /// Whether its row was told later, and is not to be changed by what was told before.
        boolean isInDirectory;

        Optional<NamesNote.Limits> limits = Optional.empty();

        /// Whether they say all there is.
        boolean whole;

        final Map<Integer, NamesNote.Box> boxes = new TreeMap<>();
        final Map<String, Boolean> subscriptions = new TreeMap<>();

        Known(int number) {
            this.number = number;
        }

        private void begin(NamesNote.Owner as, boolean all) {
            owner = Optional.of(as);
            if (all) {
                whole = true;
                boxes.clear();
                subscriptions.clear();
                limits = Optional.empty();
            }
        }
    }

    private final Map<Integer, Known> accounts = new TreeMap<>();
    private final Map<OwnedRows.Owner, OwnedRows> directory = new LinkedHashMap<>();

    /// Takes the next note, in the order in which they were written.
    void take(NamesNote note) {
        note.accounts().forEach(each -> of(each.number()).begin(each, note.whole()));
        note.mailboxes().forEach(each -> of(each.account()).boxes.put(each.number(), each));
        note.earlier().forEach(this::take);
        note.directory().forEach(this::take);
        note.limits().forEach(each -> of(each.account()).limits = Optional.of(each));
        note.subscriptions()
                .forEach(each ->
                        of(each.account()).subscriptions.put(each.name(), each.subscribed()));
    }

    private void take(NamesNote.Earlier earlier) {
        var known = of(earlier.account());
        known.earlierHash = earlier.hash();
        if (!earlier.address().isEmpty()) {
            known.earlierAddress = earlier.address();
        }
    }

    private void take(OwnedRows rows) {
        directory.put(rows.owner(), rows);
        if (rows.owner().table() == DirectoryTable.ACCOUNTS) {
            of(Math.toIntExact((Long) rows.owner().key())).isInDirectory = true;
        }
    }

    Collection<Known> accounts() {
        return accounts.values();
    }

    /// What is known of the directory: each owner as it was told last.
    Collection<OwnedRows> directory() {
        return directory.values();
    }

    /// The mailboxes of an account that were deleted, as far as they are known.
    Map<Integer, NamesNote.Box> deleted(int account) {
        var deleted = new HashMap<Integer, NamesNote.Box>();
        of(account).boxes.values().stream()
                .filter(NamesNote.Box::deleted)
                .forEach(box -> deleted.put(box.number(), box));
        return deleted;
    }

    private Known of(int account) {
        return accounts.computeIfAbsent(account, Known::new);
    }
}
