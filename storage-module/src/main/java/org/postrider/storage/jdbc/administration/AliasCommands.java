package org.postrider.storage.jdbc.administration;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Alias;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Change.Reason;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.Expansion;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// Changes of aliases.
final class AliasCommands {

    private AliasCommands() {}

    static Alias alias(DirectoryRow.OfAlias row, List<DirectoryRow.OfTarget> targets) {
        return new Alias(
                new Alias.Settings(
                        Expansion.address(row.address()),
                        targets.stream()
                                .map(target -> Expansion.address(target.target()))
                                .toList()),
                Instant.ofEpochMilli(row.createdAt()),
                row.version());
    }

    private static Change<Alias> refused(Reason why, String about) {
        return new Change.Refused<>(why, about);
    }

    record Put(Alias.Settings settings, Precondition given) implements LaneCommand<Change<Alias>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Change<Alias> plan(GroupPlan plan) throws SQLException {
            var directory = plan.directory();
            var address = settings.address();
            var key = address.key();
            var before = directory.alias(key);
            var domain = Names.refusal(directory, address);
            if (domain.isPresent()) {
                return refused(domain.get(), address.domain().value());
            }
            var stale = Names.refusal(given, before.map(DirectoryRow.OfAlias::version));
            if (stale.isPresent()) {
                return refused(stale.get(), address.toString());
            }
            if (directory.accountAt(key).isPresent()) {
                return refused(Reason.TAKEN, address.toString());
            }
            var targets = new ArrayList<DirectoryRow.OfTarget>();
            for (var target : settings.targets()) {
                var goesTo = Names.keyOf(directory, target);
                if (goesTo.isEmpty()) {
                    return refused(Reason.NOBODY, target.toString());
                }
                targets.add(
                        new DirectoryRow.OfTarget(
                                key, targets.size(), target.toString(), goesTo.get()));
            }
            var keys = targets.stream().map(DirectoryRow.OfTarget::targetKey).toList();
            var circle = Names.refusal(directory, key, keys, Alias.Settings.MOST_TARGETS);
            if (circle.isPresent()) {
                return refused(circle.get(), address.toString());
            }
            return put(plan, before, targets);
        }

        private Change<Alias> put(
                GroupPlan plan,
                Optional<DirectoryRow.OfAlias> before,
                List<DirectoryRow.OfTarget> targets)
                throws SQLException {
            var directory = plan.directory();
            var key = settings.address().key();
            if (before.isPresent() && directory.targets(key).equals(targets)) {
                return new Change.Made<>(alias(before.get(), targets), false);
            }
            var row =
                    new DirectoryRow.OfAlias(
                            key,
                            settings.address().toString(),
                            settings.address().domain().value(),
                            before.map(DirectoryRow.OfAlias::createdAt).orElse(plan.now()),
                            before.map(is -> is.version() + 1).orElse(1L));
            directory.replace(DirectoryTable.ALIASES, key, List.of(row));
            directory.replace(DirectoryTable.ALIAS_TARGETS, key, targets);
            return new Change.Made<>(alias(row, targets), before.isEmpty());
        }
    }

    record Delete(MailAddress address, Precondition given) implements LaneCommand<Change<Alias>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Change<Alias> plan(GroupPlan plan) throws SQLException {
            var directory = plan.directory();
            var key = address.key();
            var before = directory.alias(key);
            var stale = Names.refusal(given, before.map(DirectoryRow.OfAlias::version));
            if (stale.isPresent() || before.isEmpty()) {
                return refused(stale.orElse(Reason.NOT_THERE), address.toString());
            }
            var user = Names.userOf(directory, key);
            if (user.isPresent()) {
                return refused(Reason.IN_USE, user.get());
            }
            var was = alias(before.get(), directory.targets(key));
            directory.replace(DirectoryTable.ALIASES, key, List.of());
            directory.replace(DirectoryTable.ALIAS_TARGETS, key, List.of());
            return new Change.Made<>(was, false);
        }
    }
}
