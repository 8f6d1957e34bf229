package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.postrider.storage.jdbc.command.AppendCommand;
import org.postrider.storage.jdbc.command.CopyCommand;
import org.postrider.storage.jdbc.command.DeliverCommand;
import org.postrider.storage.jdbc.command.MaildropUpdateCommand;
import org.postrider.storage.jdbc.retention.RetentionCommands;
import org.postrider.storage.jdbc.retention.UndeleteCommand;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// The rarer things that a history has come by. One in which they never happened has shown nothing
/// about them, however right it was.
final class Occasions {

    private enum Occasion {
        DELIVERY_OVER_QUOTA,
        APPEND_OVER_QUOTA,
        COPY_OVER_QUOTA,
        RECALL_OVER_QUOTA,
        BROUGHT_BACK,
        MAILDROP_UPDATED,
        PURGED,
        /// When something else was purged.
        KEPT_FOR_A_WINDOW
    }

    private final Set<Occasion> seen = EnumSet.noneOf(Occasion.class);

    void saw(CommandLog.Entry entry) {
        switch (entry.command()) {
            case DeliverCommand _ -> {
                if (entry.answer() instanceof List<?> outcomes) {
                    outcomes.forEach(each -> overQuota(each, Occasion.DELIVERY_OVER_QUOTA));
                }
            }
            case AppendCommand _ -> overQuota(entry.answer(), Occasion.APPEND_OVER_QUOTA);
            case CopyCommand _ -> overQuota(entry.answer(), Occasion.COPY_OVER_QUOTA);
            case QuestionMark.Answered<?>(_, Recall _, var answer) ->
                    overQuota(answer, Occasion.RECALL_OVER_QUOTA);
            case UndeleteCommand(_, var uids, _) ->
                    saw(
                            !uids.isEmpty() && entry.answer() instanceof Outcome.Done,
                            Occasion.BROUGHT_BACK);
            case MaildropUpdateCommand _ ->
                    saw(
                            entry.answer() instanceof Outcome.Done(UidSet gone) && !gone.isEmpty(),
                            Occasion.MAILDROP_UPDATED);
            case RetentionCommands.Purge(_, var candidates) -> {
                int purged = entry.away().purged().size();
                saw(purged > 0, Occasion.PURGED);
                saw(purged > 0 && purged < candidates.size(), Occasion.KEPT_FOR_A_WINDOW);
            }
            default -> {}
        }
    }

    private void overQuota(Object outcome, Occasion occasion) {
        saw(outcome.equals(new Outcome.Refused<>(Refusal.OVER_QUOTA)), occasion);
    }

    private void saw(boolean happened, Occasion occasion) {
        if (happened) {
            seen.add(occasion);
        }
    }

    void assertAll() {
        assertThat(seen).containsExactlyInAnyOrder(Occasion.values());
    }
}
