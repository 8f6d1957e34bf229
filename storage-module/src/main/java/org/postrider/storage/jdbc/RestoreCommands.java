package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postrider.storage.mailbox.SpecialUse;

/// What a restore has the lane do: names and arrivals of segments made rows again.
final class RestoreCommands {

    private static final String RECOVERED = "Recovered";

    private RestoreCommands() {}

    /// Makes sure that accounts and mailboxes are there under their numbers. A mailbox that was
    /// deleted stays as it is: some of its messages may live elsewhere, and nobody knows which.
    record Names(NamesNote note) implements LaneCommand<Integer> {

        @Override
        public Set<Integer> accounts() {
            var accounts = new HashSet<Integer>();
            note.accounts().forEach(each -> accounts.add(each.number()));
            note.mailboxes().forEach(each -> accounts.add(each.account()));
            return accounts;
        }

        /// @return how many accounts and mailboxes were missing
        @Override
        public Integer plan(GroupPlan plan) throws SQLException {
            int missing = 0;
            for (var owner : note.accounts()) {
                if (plan.account(owner.number()).isEmpty()) {
                    create(plan, owner);
                    missing++;
                }
            }
            var stepped = new HashSet<Integer>();
            for (var box : note.mailboxes()) {
                var ledger = plan.account(box.account());
                if (ledger.isPresent() && !box.deleted() && differs(plan, ledger.get(), box)) {
                    if (stepped.add(box.account())) {
                        ledger.get().step();
                    }
                    missing += name(ledger.get(), box);
                }
            }
            return missing;
        }

        private static void create(GroupPlan plan, NamesNote.Owner owner) throws SQLException {
            var domain = owner.key().substring(owner.key().lastIndexOf('@') + 1);
            if (plan.session()
                    .queryOne(
                            "select name from domain where name = ?",
                            row -> row.getString(1),
                            domain)
                    .isEmpty()) {
                plan.rows().domains.add(domain);
            }
            plan.rows()
                    .accounts
                    .add(
                            new GroupRows.NewAccount(
                                    owner.number(),
                                    owner.key(),
                                    owner.address(),
                                    owner.hash(),
                                    owner.uidValidity()));
            plan.addNew(owner.number(), owner.uidValidity());
        }

        /// Whether the mailbox is unknown, or lives under another name.
        private static boolean differs(GroupPlan plan, AccountLedger ledger, NamesNote.Box box)
                throws SQLException {
            var known = ledger.mailbox(box.number());
            if (known.isPresent()) {
                return !known.get().name().equals(box.name())
                        && ledger.mailbox(box.name()).isEmpty();
            }
            return plan.session()
                    .queryOne(
                            "select 1 from mailbox where account_id = ? and mailbox_id = ?",
                            row -> row.getInt(1),
                            box.account(),
                            box.number())
                    .isEmpty();
        }

        private static int name(AccountLedger ledger, NamesNote.Box box) {
            if (ledger.mailbox(box.number()).isPresent()) {
                ledger.rename(box.number(), box.name());
                return 0;
            }
            var name = box.name();
            for (int n = 1; ledger.mailbox(name).isPresent(); n++) {
                name = box.name() + " " + n;
            }
            ledger.recreate(box.number(), name, box.uidValidity(), box.use());
            return 1;
        }
    }

    /// A message as a segment has it.
    record Found(ArrivalNote note, StagedMessage message) {}

    /// Puts messages of one account where they were, unless the mailbox has known them before.
    record Arrivals(int account, List<Found> messages) implements LaneCommand<Integer> {

        Arrivals {
            messages = List.copyOf(messages);
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

        /// @return how many the store did not have
        @Override
        public Integer plan(GroupPlan plan) {
            var ledger = plan.account(account);
            int missing = 0;
            for (var each : messages) {
                if (ledger.isPresent() && add(plan, ledger.get(), each)) {
                    missing++;
                }
            }
            return missing;
        }

        private static boolean add(GroupPlan plan, AccountLedger ledger, Found each) {
            var note = each.note();
            var place = ledger.mailbox(note.mailbox());
            if (place.isPresent() && note.uid() < place.get().uidNext()) {
                return false;
            }
            ledger.step();
            var box = place.orElseGet(() -> elsewhere(ledger));
            long uid = place.isPresent() ? note.uid() : box.uidNext();
            var words = new Keywords(box);
            long mask = words.mask(note.flags());
            var known = words.fit() ? words.meet(ledger, box) : box;
            var flags = words.fit() ? mask : KeywordBits.system(mask);
            var arrival = new Arrival(plan, ledger, known);
            arrival.add(uid, each.message(), note.trace(), flags, note.date());
            arrival.finish();
            return true;
        }

        private static MailboxState elsewhere(AccountLedger ledger) {
            return ledger.mailbox(RECOVERED)
                    .orElseGet(() -> ledger.create(RECOVERED, SpecialUse.NONE));
        }
    }
}
