package org.postrider.storage.jdbc;

import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// A command that changes nothing, and says in the order of those that do where a question was
/// asked or answered. What was planned before it was asked is committed when it is asked, and what
/// its answer knows of was planned before it was answered.
sealed interface QuestionMark extends LaneCommand<Boolean> {

    AccountId account();

    @Override
    default Set<Integer> accounts() {
        return Set.of(account().value());
    }

    @Override
    default Boolean plan(GroupPlan plan) {
        return true;
    }

    /// From here on the question sees its account.
    record Asked(AccountId account, Question<?> question) implements QuestionMark {}

    /// Up to here.
    record Answered<T>(AccountId account, Question<T> question, T answer) implements QuestionMark {

        void assertRight() {
            question.assertRight(answer);
        }
    }

    static <T> T ask(JdbcStore store, AccountId account, Question<T> question) {
        store.lanes().call(new Asked(account, question));
        T answer = question.ask(store);
        store.lanes().call(new Answered<>(account, question, answer));
        return answer;
    }
}
