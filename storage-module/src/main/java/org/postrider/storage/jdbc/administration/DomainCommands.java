package org.postrider.storage.jdbc.administration;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Change.Reason;
import org.postrider.storage.directory.Domain;
import org.postrider.storage.directory.Precondition;
import org.postrider.storage.jdbc.directory.DirectoryRow;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.Expansion;
import org.postrider.storage.jdbc.group.DirectoryLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// Changes of domains.
final class DomainCommands {

    private DomainCommands() {}

    static Domain domain(DirectoryRow.OfDomain row) {
        return new Domain(
                new Domain.Settings(
                        new DomainName(row.name()),
                        row.aliasOf().isEmpty()
                                ? Optional.empty()
                                : Optional.of(new DomainName(row.aliasOf())),
                        row.catchAll().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Expansion.address(row.catchAll())),
                        row.allotment() < 0
                                ? OptionalLong.empty()
                                : OptionalLong.of(row.allotment())),
                Instant.ofEpochMilli(row.createdAt()),
                row.version());
    }

    record Put(Domain.Settings settings, Precondition given)
            implements LaneCommand<Change<Domain>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Change<Domain> plan(GroupPlan plan) throws SQLException {
            var name = settings.name().value();
            var before = plan.directory().domain(name);
            var refusal = refusal(plan, before);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            var row = row(plan, before);
            if (before.filter(is -> is.settings().equals(row.settings())).isPresent()) {
                return new Change.Made<>(domain(before.get()), false);
            }
            plan.directory().replace(DirectoryTable.DOMAINS, name, List.of(row));
            return new Change.Made<>(domain(row), before.isEmpty());
        }

        private DirectoryRow.OfDomain row(GroupPlan plan, Optional<DirectoryRow.OfDomain> before) {
            return new DirectoryRow.OfDomain(
                    settings.name().value(),
                    before.map(DirectoryRow.OfDomain::createdAt).orElse(plan.now()),
                    settings.aliasOf().map(DomainName::value).orElse(""),
                    settings.catchAll().map(Object::toString).orElse(""),
                    settings.allotment().orElse(-1),
                    before.map(is -> is.version() + 1).orElse(1L));
        }

        private Optional<Change<Domain>> refusal(
                GroupPlan plan, Optional<DirectoryRow.OfDomain> before) throws SQLException {
            var name = settings.name().value();
            var stale = Names.refusal(given, before.map(DirectoryRow.OfDomain::version));
            if (stale.isPresent()) {
                return refused(stale.get(), name);
            }
            if (settings.aliasOf().isPresent()) {
                var alias = settings.aliasOf().get().value();
                var why = aliasing(plan.directory(), before, alias);
                if (why.isPresent()) {
                    return refused(why.get(), why.get() == Reason.IN_USE ? name : alias);
                }
            }
            var catchAll = settings.catchAll();
            if (catchAll.isPresent() && Names.isNobody(plan.directory(), catchAll.get())) {
                return refused(Reason.NOBODY, catchAll.get().toString());
            }
            return settings.allotment().isPresent()
                    ? Allotments.of(plan, name).refusal(settings.allotment().getAsLong())
                    : Optional.empty();
        }

        private Optional<Reason> aliasing(
                DirectoryLedger directory, Optional<DirectoryRow.OfDomain> before, String target)
                throws SQLException {
            if (target.equals(settings.name().value())) {
                return Optional.of(Reason.LOOP);
            }
            var other = directory.domain(target);
            if (other.isEmpty()) {
                return Optional.of(Reason.NO_SUCH_DOMAIN);
            }
            if (!other.get().aliasOf().isEmpty()) {
                return Optional.of(Reason.DOMAIN_IS_ALIAS);
            }
            return before.isPresent() && directory.isInUse(settings.name().value())
                    ? Optional.of(Reason.IN_USE)
                    : Optional.empty();
        }
    }

    record Delete(DomainName name, Precondition given) implements LaneCommand<Change<Domain>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Change<Domain> plan(GroupPlan plan) throws SQLException {
            var before = plan.directory().domain(name.value());
            var stale = Names.refusal(given, before.map(DirectoryRow.OfDomain::version));
            if (stale.isPresent() || before.isEmpty()) {
                return new Change.Refused<>(stale.orElse(Reason.NOT_THERE), name.value());
            }
            if (plan.directory().isInUse(name.value())) {
                return new Change.Refused<>(Reason.IN_USE, name.value());
            }
            plan.directory().replace(DirectoryTable.DOMAINS, name.value(), List.of());
            return new Change.Made<>(domain(before.get()), false);
        }
    }

    private static Optional<Change<Domain>> refused(Reason why, String about) {
        return Optional.of(new Change.Refused<>(why, about));
    }
}
