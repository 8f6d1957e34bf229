package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postrider.storage.jdbc.group.LaneCommand;

/// The questions that are asked and not answered yet while a [MailModel] goes through what a store
/// has carried out.
final class ModelQuestions {

    private final Map<Integer, List<Question<?>>> open = new HashMap<>();

    /// An account is what a command has made of it.
    void look(LaneCommand<?> command, ModelAccount account) {
        var questions = open.computeIfAbsent(account.id.value(), _ -> new ArrayList<>());
        if (command instanceof QuestionMark.Asked(_, var question)) {
            questions.add(question);
        }
        questions.forEach(each -> each.sees(account));
        if (command instanceof QuestionMark.Answered<?> answered) {
            questions.remove(answered.question());
            answered.assertRight();
        }
    }
}
