package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Commands of several accounts in one transaction: whoever of them fails, fails alone, and the
/// others are done once.
abstract class NeighbourContract extends RecipeFixture {

    private static final int MOST_STATEMENTS = 200;

    private static FailingDriver driver;

    @BeforeAll
    static void install() throws Exception {
        driver = FailingDriver.install();
    }

    @AfterAll
    static void remove() throws Exception {
        driver.close();
    }

    @Test
    void aGroupWhoseStatementFailsIsDoneByOnes() throws Exception {
        var expected = expectedOfGroup();
        boolean failed = true;
        int n = 0;
        while (failed) {
            n++;
            var members = members(expected);
            List<Optional<Throwable>> told;
            try (var lane = new HeldLane((JdbcStore) store)) {
                members.forEach(member -> lane.ask(change(member)));
                driver.fail(n, FailingDriver.Mode.ONCE);
                told = lane.release();
                failed = driver.stop();
            }
            assertThat(told).as("statement %d", n).containsOnly(Optional.empty());
            for (var member : members) {
                assertDone(member, "statement " + n);
            }
        }
        assertThat(n).isBetween(2, MOST_STATEMENTS);
    }

    /// When the first of those who are tried by themselves fails again, it is told so, and no other
    /// one. Where nobody can say whether the group was committed, all are told, and it was or not.
    @Test
    void whoFailsAgainFailsAlone() throws Exception {
        var expected = expectedOfGroup();
        boolean failed = true;
        int n = 0;
        while (failed) {
            n++;
            var members = members(expected);
            List<Optional<Throwable>> told;
            try (var lane = new HeldLane((JdbcStore) store)) {
                members.forEach(member -> lane.ask(change(member)));
                driver.fail(n, FailingDriver.Mode.TWICE);
                told = lane.release();
                failed = driver.stop();
            }
            assertTold(members, told, failed, n);
        }
        assertThat(n).isBetween(2, MOST_STATEMENTS);
    }

    private void assertTold(
            List<Member> members, List<Optional<Throwable>> told, boolean failed, int n)
            throws Exception {
        members.getFirst().scene().comeAgain();
        long tell = told.stream().filter(Optional::isPresent).count();
        boolean all = driver.wasInDoubt() && tell == members.size();
        assertThat(all || tell <= (failed ? 1 : 0)).as("statement %d: told %d", n, tell).isTrue();
        var first = members.getFirst();
        boolean made = all && first.scene().likeness().equals(first.expected().after());
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            if (told.get(i).isPresent() && !made) {
                assertThat(told.get(i).get()).isInstanceOf(StoreUnavailable.class);
                assertThat(member.scene().likeness()).isEqualTo(member.expected().before());
                member.recipe().change().take(member.scene());
            }
            assertDone(member, "statement " + n);
        }
    }

    // ---- a command that always fails

    /// A statement as it is, which may fail, or have the commit fail.
    private record Statement(String sql, int account) implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            plan.rows().chores.add(session -> session.update(sql));
            return true;
        }
    }

    private static final List<String> BAD =
            List.of(
                    "insert into domain select * from domain",
                    "update account_state set modseq = cast('many' as bigint)",
                    "insert into store_info (k, v) values (null, 'no key')",
                    "insert into nowhere (k) values (1)");

    @Test
    void aBadCommandHarmsNoNeighbour() throws Exception {
        var expected = expectedOfGroup();
        for (int i = 0; i < BAD.size(); i++) {
            assertFailsAlone(BAD.get(i), i * GROUP.size() / (BAD.size() - 1), expected);
        }
    }

    @Test
    void aCommandThatFailsTheCommitHarmsNoNeighbour() throws Exception {
        var expected = expectedOfGroup();
        driver.poison("'poison'");
        for (int place : List.of(0, GROUP.size() / 2, GROUP.size())) {
            assertFailsAlone(
                    "insert into store_info (k, v) values ('poison', '')", place, expected);
        }
        driver.stop();
        assertThat(scene().number("count(*) from store_info where ? > 0 and k = 'poison'"))
                .isZero();
    }

    @Test
    void commandsGivenTogetherAreAllCarriedOutThoughTwoOfThemFail() throws Exception {
        var scene = scene();
        int account = scene.owner.id().value();
        var sql = new ArrayList<>(List.of(BAD.get(0), BAD.get(3)));
        for (int i = 0; i < 3; i++) {
            sql.add(i, "insert into store_info (k, v) values ('together%d', '')".formatted(i));
        }
        Collections.swap(sql, 0, 3);
        var commands = sql.stream().map(each -> new Statement(each, account)).toList();
        assertThatThrownBy(() -> scene.jdbc().lanes().callAll(commands))
                .isInstanceOf(StoreUnavailable.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(scene.number("count(*) from store_info where ? > 0 and k like 'together%'"))
                .isEqualTo(3);
    }

    private void assertFailsAlone(String sql, int place, List<Likeness> expected) throws Exception {
        var members = members(expected);
        var bad = scene();
        var before = bad.text();
        List<Optional<Throwable>> told;
        try (var lane = new HeldLane((JdbcStore) store)) {
            members.subList(0, place).forEach(member -> lane.ask(change(member)));
            lane.ask(() -> bad.jdbc().lanes().call(new Statement(sql, bad.owner.id().value())));
            members.subList(place, members.size()).forEach(member -> lane.ask(change(member)));
            told = lane.release();
        }
        assertThat(told.remove(place)).as(sql).get().isInstanceOf(StoreUnavailable.class);
        assertThat(told).as(sql).containsOnly(Optional.empty());
        for (var member : members) {
            assertDone(member, sql);
        }
        assertThat(bad.text()).isEqualTo(before);
    }
}
