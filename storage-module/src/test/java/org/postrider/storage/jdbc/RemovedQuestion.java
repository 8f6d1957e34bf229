package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.Store;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.RemovedMessage;

/// Which messages can be brought back to a mailbox; they can be read.
final class RemovedQuestion implements Question<List<RemovedMessage>> {

    private final MailboxId mailbox;
    private final long after;
    private final int most;
    private final HistoryMail mail;
    private final Recoverable recoverable = new Recoverable();

    /// Which of [HistoryMail] were read, by UID.
    private final Map<Long, Integer> read = new HashMap<>();

    private final List<Exception> unread = new ArrayList<>();

    RemovedQuestion(MailboxId mailbox, long after, int most, HistoryMail mail) {
        this.mailbox = mailbox;
        this.after = after;
        this.most = most;
        this.mail = mail;
    }

    @Override
    public List<RemovedMessage> ask(Store store) {
        var found = store.undelete().messages(mailbox, after, most);
        found.forEach(each -> read(store, each.uid().value()));
        return found;
    }

    private void read(Store store, long uid) {
        try {
            store.messages()
                    .read(
                            mailbox,
                            UidSet.of(uid),
                            message -> read.put(message.uid(), mail.read(message)));
        } catch (IOException | StoreUnavailable e) {
            unread.add(e); // it may have gone for good meanwhile
        }
    }

    @Override
    public void sees(ModelAccount account) {
        recoverable.sees(
                Optional.ofNullable(account.all.get(mailbox.number()))
                        .map(ModelMailbox::recoverable)
                        .map(all -> all.tailMap(after, false))
                        .map(Map::copyOf)
                        .orElse(Map.of()));
    }

    /// Nobody is passed over up to the last that fits.
    @Override
    public void assertRight(List<RemovedMessage> answer) {
        var uids = answer.stream().map(each -> each.uid().value()).toList();
        assertThat(uids).hasSizeLessThanOrEqualTo(most).isSorted().doesNotHaveDuplicates();
        assertThat(recoverable.ever.keySet()).containsAll(uids);
        var expected = recoverable.always();
        assertThat(uids)
                .containsAll(
                        uids.size() < most ? expected : expected.headSet(uids.getLast(), true));
        answer.forEach(this::assertRight);
        assertThat(uids).containsAll(read.keySet());
        expected.retainAll(uids);
        assertThat(read.keySet())
                .as("what can be brought back can be read; not read: %s", unread)
                .containsAll(expected);
    }

    private void assertRight(RemovedMessage answer) {
        var tombstone = recoverable.last(answer.uid().value());
        assertThat(read.getOrDefault(answer.uid().value(), tombstone.message().number()))
                .isEqualTo(tombstone.message().number());
        assertThat(answer.by().name()).isEqualTo(tombstone.origin().name());
        assertThat(answer.removed().toEpochMilli()).isEqualTo(tombstone.at());
        assertThat(answer.until()).isEqualTo(answer.removed().plus(History.KEPT.undelete()));
        assertThat(answer.internalDate().toEpochMilli()).isEqualTo(tombstone.message().date());
        assertThat(answer.octets()).isEqualTo(tombstone.message().octets());
    }

    @Override
    public String toString() {
        return "what was removed from %s after UID %d".formatted(mailbox, after);
    }
}
