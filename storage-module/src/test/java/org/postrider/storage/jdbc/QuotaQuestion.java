package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.Store;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Quota;

/// How much an account has and may have, as SMTP asks when a recipient is named: what it was at one
/// moment.
final class QuotaQuestion implements Question<Quota> {

    private final AccountId account;
    private final List<Quota> seen = new ArrayList<>();

    QuotaQuestion(AccountId account) {
        this.account = account;
    }

    @Override
    public Quota ask(Store store) {
        return store.directory().quota(account).orElseThrow();
    }

    @Override
    public void sees(ModelAccount owner) {
        seen.add(owner.quota());
    }

    @Override
    public void assertRight(Quota answer) {
        assertThat(seen).contains(answer);
    }

    @Override
    public String toString() {
        return "the quota of " + account;
    }
}
