package org.postrider.storage.jdbc.restore;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.command.Arrival;
import org.postrider.storage.jdbc.command.Keywords;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.ArrivalNote;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.NamesNote;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.jdbc.group.Threads;
import org.postrider.storage.mailbox.SpecialUse;

/// What a restore has the lane do: names and arrivals of segments made rows again.
final class RestoreCommands {

    private static final String RECOVERED = "Recovered";

    private RestoreCommands() {}

    private static boolean exists(GroupPlan plan, String sql, Object... parameters)
            throws SQLException {
        return plan.session().queryOne(sql, row -> row.getInt(1), parameters).isPresent();
    }

    private static boolean hasRow(GroupPlan plan, int account, int mailbox) throws SQLException {
        return exists(
                plan,
                "select 1 from mailbox where account_id = ? and mailbox_id = ?",
                account,
                mailbox);
    }

    private static MailboxState recreate(AccountLedger ledger, NamesNote.Box box) {
        var name = box.name();
        for (int n = 1; ledger.mailbox(name).isPresent(); n++) {
            name = box.name() + " " + n;
        }
        ledger.recreate(box.number(), name, box.uidValidity(), box.use());
        return ledger.mailbox(box.number()).orElseThrow();
    }

    /// Makes the directory what the notes say of some owners.
    record Directory(List<OwnedRows> rows) implements LaneCommand<Boolean> {

        Directory {
            rows = List.copyOf(rows);
        }

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            for (var each : rows) {
                plan.directory().put(each);
            }
            return true;
        }
    }

    /// Makes sure that an account is there and is what the notes say, with its live mailboxes under
    /// their numbers.
    record Names(KnownNames.Known known) implements LaneCommand<Integer> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(known.number);
        }

        /// @return how many accounts and mailboxes were missing
        @Override
        public Integer plan(GroupPlan plan) throws SQLException {
            boolean is = plan.account(known.number).isPresent();
            if (!told(plan) || (!is && known.owner.isEmpty())) {
                return 0;
            }
            if (!is) {
                long uidValidity = known.owner.get().uidValidity();
                plan.rows().accounts.add(new GroupRows.NewAccount(known.number, uidValidity));
                plan.addNew(known.number, uidValidity);
            }
            var ledger = plan.account(known.number).orElseThrow();
            ledger.step();
            int missing = is ? 0 : 1;
            boolean more = true;
            while (more) {
                more = false;
                for (var box : known.boxes.values()) {
                    if (!box.deleted() && differs(plan, ledger, box)) {
                        missing += name(ledger, box);
                        more = true;
                    }
                }
            }
            settings(ledger);
            return missing;
        }

        /// Has the directory know the account and its domain.
        ///
        /// @return whether it does
        private boolean told(GroupPlan plan) throws SQLException {
            var directory = plan.directory();
            var row = directory.account(known.number);
            if (row.isPresent() && !known.earlierHash.isEmpty() && !known.isInDirectory) {
                directory.put(row.get().withPassword(known.earlierHash));
            }
            var address = MailAddress.parse(known.earlierAddress);
            if (row.isEmpty() && address.isPresent()) {
                row = Optional.of(account(plan, address.get()));
                directory.put(row.get());
            }
            if (row.isPresent() && directory.domain(row.get().domain()).isEmpty()) {
                var domain = DirectoryRow.OfDomain.plain(row.get().domain(), plan.now());
                directory.replace(DirectoryTable.DOMAINS, domain.name(), List.of(domain));
            }
            return row.isPresent();
        }

        private DirectoryRow.OfAccount account(GroupPlan plan, MailAddress address) {
            return DirectoryRow.OfAccount.plain(
                    known.number, address, known.earlierHash, plan.now());
        }

        /// Whether the mailbox is unknown, or lives under another name or for another use.
        private static boolean differs(GroupPlan plan, AccountLedger ledger, NamesNote.Box box)
                throws SQLException {
            var there = ledger.mailbox(box.number());
            if (there.isPresent()) {
                boolean named = there.get().name().equals(box.name());
                return there.get().specialUse() != box.use()
                        || (!named && ledger.mailbox(box.name()).isEmpty());
            }
            return !hasRow(plan, box.account(), box.number());
        }

        private static int name(AccountLedger ledger, NamesNote.Box box) {
            var there = ledger.mailbox(box.number());
            if (there.isEmpty()) {
                recreate(ledger, box);
                return 1;
            }
            if (ledger.mailbox(box.name()).isEmpty()) {
                ledger.rename(box.number(), box.name());
            }
            if (there.get().specialUse() != box.use()) {
                ledger.use(box.number(), box.use());
            }
            return 0;
        }

        private void settings(AccountLedger ledger) {
            known.limits.ifPresent(
                    limits -> ledger.setQuota(Quota.Limits.of(limits.octets(), limits.messages())));
            known.subscriptions.forEach((name, is) -> {
                if (ledger.subscribed(name) != is) {
                    ledger.subscribe(name, is);
                }
            });
            if (known.whole) {
                ledger.after().subscriptions().stream()
                        .filter(name -> !known.subscriptions.containsKey(name))
                        .forEach(name -> ledger.subscribe(name, false));
            }
        }
    }

    /// Has no UID given again that the notes know of: after the messages were put where they were.
    record Reserve(KnownNames.Known known) implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(known.number);
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            var ledger = plan.account(known.number);
            ledger.ifPresent(found -> {
                found.step();
                for (var box : known.boxes.values()) {
                    if (found.mailbox(box.number()).isPresent()) {
                        found.reserve(box.number(), box.uidNext());
                    }
                }
            });
            return ledger.isPresent();
        }
    }

    /// A message as a segment has it.
    record Found(ArrivalNote note, StagedMessage message) {}

    /// What came of messages: how many were filed where they were, and how many elsewhere.
    record Filed(int there, int elsewhere) {}

    /// Puts messages of one account where they were, unless the account has known them before.
    ///
    /// @param deleted mailboxes that were deleted: one is made anew when something was in it that
    ///   still has its octets, since nobody knows whether it lives elsewhere
    record Arrivals(int account, List<Found> messages, Map<Integer, NamesNote.Box> deleted)
            implements LaneCommand<Filed> {

        Arrivals {
            messages = List.copyOf(messages);
            deleted = Map.copyOf(deleted);
        }

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        @Override
        public List<Threads.Newcomer> newcomers() {
            return messages.stream()
                    .map(each -> new Threads.Newcomer(account, each.message().threadRefs()))
                    .toList();
        }

        @Override
        public Filed plan(GroupPlan plan) throws SQLException {
            var ledger = plan.account(account);
            int there = 0;
            int elsewhere = 0;
            boolean gone =
                    plan.directory().account(account).stream().anyMatch(row -> row.isDeleted());
            for (var each : messages) {
                if (!gone && ledger.isPresent() && !isKnown(plan, ledger.get(), each.note())) {
                    boolean moved = add(plan, ledger.get(), each);
                    there += moved ? 0 : 1;
                    elsewhere += moved ? 1 : 0;
                }
            }
            return new Filed(there, elsewhere);
        }

        private boolean isKnown(GroupPlan plan, AccountLedger ledger, ArrivalNote note)
                throws SQLException {
            var place = ledger.mailbox(note.mailbox());
            boolean given =
                    place.isPresent()
                            ? note.uid() < place.get().uidNext()
                            : hasRow(plan, account, note.mailbox());
            return given
                    || plan.rows().bodies.containsKey(new GroupRows.BodyKey(account, note.bodyId()))
                    || exists(
                            plan,
                            "select 1 from body where account_id = ? and body_id = ?",
                            account,
                            note.bodyId());
        }

        /// @return whether it is not where it was
        private boolean add(GroupPlan plan, AccountLedger ledger, Found each) throws SQLException {
            var note = each.note();
            ledger.step();
            var place = ledger.mailbox(note.mailbox());
            if (place.isEmpty() && deleted.containsKey(note.mailbox())) {
                place = Optional.of(recreate(ledger, deleted.get(note.mailbox())));
            }
            var box = place.orElseGet(() -> recovered(ledger));
            boolean same = box.number() == note.mailbox();
            long uid = same ? note.uid() : box.uidNext();
            var words = new Keywords(box);
            long mask = words.mask(note.flags());
            var known = words.fit() ? words.meet(ledger, box) : box;
            var flags = words.fit() ? mask : KeywordBits.system(mask);
            var arrival = new Arrival(plan, ledger, known);
            long body = note.bodyId() == 0 ? plan.newBodyId() : note.bodyId();
            arrival.add(uid, body, each.message(), note.trace(), flags, note.date());
            arrival.finish();
            return !same;
        }

        private static MailboxState recovered(AccountLedger ledger) {
            return ledger.mailbox(RECOVERED)
                    .orElseGet(() -> ledger.create(RECOVERED, SpecialUse.NONE));
        }
    }
}
