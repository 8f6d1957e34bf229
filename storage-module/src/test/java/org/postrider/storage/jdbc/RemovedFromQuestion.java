package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postrider.storage.Store;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Undelete.RemovedFrom;

/// From which mailboxes of an account messages can be brought back.
final class RemovedFromQuestion implements Question<List<RemovedFrom>> {

    private static final class Box {
        private final Recoverable recoverable = new Recoverable();
        private final TreeSet<String> names = new TreeSet<>();
        private final TreeSet<Boolean> deleted = new TreeSet<>();

        private void sees(ModelMailbox box) {
            recoverable.sees(box.recoverable());
            names.add(box.name);
            deleted.add(box.deleted);
        }

        private void assertRight(RemovedFrom answer) {
            var always = recoverable.always();
            var ever = recoverable.ever;
            assertThat(names).contains(answer.name().value());
            assertThat(deleted).contains(answer.deleted());
            assertThat(answer.messages()).isBetween((long) always.size(), (long) ever.size());
            assertThat(answer.octets())
                    .isBetween(recoverable.octets(always), recoverable.octets(ever.keySet()));
            long last =
                    always.stream().mapToLong(uid -> recoverable.last(uid).at()).max().orElse(0);
            assertThat(answer.last().toEpochMilli())
                    .isGreaterThanOrEqualTo(last)
                    .isIn(ever.values().stream().map(ModelMailbox.Tombstone::at).toList());
        }
    }

    private final AccountId account;
    private final TreeMap<Integer, Box> boxes = new TreeMap<>();
    private boolean begun;

    RemovedFromQuestion(AccountId account) {
        this.account = account;
    }

    @Override
    public List<RemovedFrom> ask(Store store) {
        return store.undelete().mailboxes(account);
    }

    @Override
    public void sees(ModelAccount owner) {
        owner.all.forEach((number, box) -> boxes.computeIfAbsent(number, _ -> newBox()).sees(box));
        begun = true;
    }

    /// One that was not there before had nothing then.
    private Box newBox() {
        var box = new Box();
        if (begun) {
            box.recoverable.sees(Map.of());
        }
        return box;
    }

    @Override
    public void assertRight(List<RemovedFrom> answer) {
        var numbers = answer.stream().map(each -> each.mailbox().number()).toList();
        assertThat(numbers).doesNotHaveDuplicates();
        boxes.forEach((number, box) -> {
            if (!box.recoverable.always().isEmpty()) {
                assertThat(numbers).contains(number);
            }
        });
        assertThat(boxes.keySet()).containsAll(numbers);
        for (var each : answer) {
            Optional.ofNullable(boxes.get(each.mailbox().number())).orElseThrow().assertRight(each);
        }
    }

    @Override
    public String toString() {
        return "from where %s can get messages back".formatted(account);
    }
}
