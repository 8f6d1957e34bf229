package org.postrider.storage.jdbc.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.mailbox.SpecialUse;

/// What is kept in memory of accounts and views stays within its limits.
class AccountRegistryTest {

    private static final int MESSAGES = 5_000;
    private static final long VIEW = view(1, 1).octets();

    private final AccountRegistry registry =
            new AccountRegistry(
                    new StoreLimits.Memory(0, 0, 20, new StoreLimits.Views(8 * VIEW, 1, 1)));

    @Test
    void viewsThatNobodyNeedsGoOneByOneTheOneUsedLongestAgoFirst() {
        for (int mailbox = 1; mailbox <= 8; mailbox++) {
            offer(1, mailbox);
        }
        assertThat(whole(1)).hasSize(8);
        live(1).view(1);
        live(1).view(3);
        offer(1, 9);
        offer(1, 10);
        registry.trim();
        assertThat(whole(1)).containsExactly(1, 3, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void followedViewsStayUntilThoseWhoFollowOnlyWait() {
        offer(1, 1);
        var feed = live(1).follow(1, () -> {}, () -> false).orElseThrow();
        for (int mailbox = 2; mailbox <= 40; mailbox++) {
            offer(1, mailbox);
            registry.trim();
            assertThat(whole(1).size()).isLessThanOrEqualTo(1 + 9);
        }
        assertThat(whole(1)).contains(1);
        feed.rests(feed.current().resting());
        for (int mailbox = 41; mailbox <= 60; mailbox++) {
            offer(1, mailbox);
            registry.trim();
        }
        assertThat(whole(1)).doesNotContain(1);
        assertThat(feed.current()).isInstanceOf(RestingView.class);
        assertThat(feed.current().size()).isEqualTo(MESSAGES);
        feed.close();
    }

    @Test
    void accountsThatNobodyUsesGo() {
        var feeds = new ArrayList<AutoCloseable>();
        for (int account = 1; account <= 100; account++) {
            offer(account, 1);
            if (account % 10 == 0) {
                feeds.add(live(account).follow(1, () -> {}, () -> false).orElseThrow());
            }
            registry.trim();
            assertThat(registry.all().size()).isLessThanOrEqualTo(21 + feeds.size());
        }
        for (int account = 10; account <= 100; account += 10) {
            assertThat(registry.find(account)).isPresent();
        }
    }

    @Test
    void whatALaneWorksOnStays() {
        offer(1, 1);
        registry.pinned(1);
        for (int account = 2; account <= 60; account++) {
            offer(account, 1);
            registry.trim();
        }
        assertThat(whole(1)).containsExactly(1);
        live(1).unpin();
    }

    private void offer(int account, int mailbox) {
        var live = registry.pinned(account);
        if (live.state().isEmpty()) {
            var state =
                    new AccountState(
                            account, 1, 1, 1, 1, 0, 0, -1, -1, Map.of(), Set.of(), Backlogs.NONE);
            live.publish(state, Map.of(), List.of());
        }
        live.offer(mailbox, view(account, mailbox));
        live.unpin();
    }

    private LiveAccount live(int account) {
        return registry.find(account).orElseThrow();
    }

    private List<Integer> whole(int account) {
        return live(account).snapshot().views().keySet().stream().sorted().toList();
    }

    private static ChunkedView view(int account, int mailbox) {
        var state = MailboxState.created(account, mailbox, "box", 7, SpecialUse.NONE, 1);
        var builder = new ChunkedView.Builder(ChunkedView.empty(state));
        for (int uid = 1; uid <= MESSAGES; uid++) {
            builder.add(uid, uid % 3, 1_000, uid, uid % 5);
        }
        return builder.done();
    }
}
