package org.postrider.storage.jdbc.administration;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Change.Reason;
import org.postrider.storage.jdbc.group.GroupPlan;

/// The quotas of a domain's accounts, which together may be no more than the domain's allotment.
final class Allotments {

    private final String domain;
    private final Map<Long, Long> quotas = new HashMap<>();

    private Allotments(String domain) {
        this.domain = domain;
    }

    /// The quotas as the group has made them so far.
    static Allotments of(GroupPlan plan, String domain) throws SQLException {
        var allotments = new Allotments(domain);
        plan.session()
                .forEach(
                        """
                        select a.account_id, s.quota_bytes
                        from account a
                        join account_state s on s.account_id = a.account_id
                        where a.domain = ? and a.state <> 2
                        """,
                        row -> allotments.quotas.put(row.getLong(1), row.getLong(2)),
                        domain);
        for (var ledger : plan.accounts()) {
            var row = plan.directory().account(ledger.account());
            if (row.filter(is -> is.domain().equals(domain) && !is.isDeleted()).isPresent()) {
                allotments.quotas.put(row.get().id(), ledger.after().quotaOctets());
            } else {
                allotments.quotas.remove((long) ledger.account());
            }
        }
        return allotments;
    }

    /// The same if an account had another quota.
    ///
    /// @param account its number, or 0 for one that is not there yet
    Allotments with(long account, long octets) {
        quotas.put(account, octets);
        return this;
    }

    /// Whether they are more than that.
    <T> Optional<Change<T>> refusal(long allotment) {
        if (quotas.containsValue(-1L)) {
            return Optional.of(new Change.Refused<>(Reason.NO_QUOTA, domain));
        }
        long sum = 0;
        for (long quota : quotas.values()) {
            sum = Math.addExact(sum, quota);
        }
        return sum > allotment
                ? Optional.of(new Change.Refused<>(Reason.OVER_ALLOTMENT, domain))
                : Optional.empty();
    }
}
