package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxStatus;
import org.postrider.storage.mailbox.MailboxView;

/// What sessions saw while others changed it, kept until the model comes to that moment. Whatever
/// anybody saw was the mailbox at one moment, with all that happened before and nothing else.
final class Sightings {

    /// A mailbox between two changes of it.
    private record Moment(MailboxId mailbox, long modSeq) {}

    private final Map<Moment, Queue<Consumer<ModelMailbox>>> seen = new ConcurrentHashMap<>();

    void saw(MailboxView view) {
        saw(view, box -> box.assertShows(view));
    }

    /// Messages of a view were read.
    ///
    /// @param numbers which of [HistoryMail], by UID
    void read(MailboxView view, Map<Long, Integer> numbers) {
        saw(
                view,
                box ->
                        numbers.forEach((uid, number) ->
                                assertThat(box.message(uid).number())
                                        .as("what was read as UID %d", uid)
                                        .isEqualTo(number)));
    }

    private void saw(MailboxView view, Consumer<ModelMailbox> check) {
        at(new Moment(view.mailbox(), view.highestModSeq().value())).add(check);
    }

    void saw(MailboxId mailbox, MailboxStatus status) {
        at(new Moment(mailbox, status.highestModSeq().value())).add(box -> box.assertHas(status));
    }

    private Queue<Consumer<ModelMailbox>> at(Moment moment) {
        return seen.computeIfAbsent(moment, _ -> new ConcurrentLinkedQueue<>());
    }

    /// Whoever saw the mailbox at this moment saw what it is.
    void check(ModelMailbox box) {
        var checks = seen.remove(new Moment(box.id, box.highestModSeq));
        if (checks != null) {
            checks.forEach(check -> check.accept(box));
        }
    }

    /// Nobody saw what never was.
    void assertAllFound() {
        assertThat(seen.keySet()).as("moments that never were").isEmpty();
    }
}
