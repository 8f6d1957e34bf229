package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.UidSet;

/// Sessions that change nothing: look at figures and views, read messages, search.
final class HistoryReading {

    /// Messages that are looked for at once.
    private static final int SEARCHED = 25;

    private final HistoryChoices choices;
    private final JdbcStore store;
    private final History history;

    HistoryReading(HistoryChoices choices) {
        this.choices = choices;
        this.store = choices.store;
        this.history = choices.history;
    }

    void status() {
        var mailbox = choices.anyMailbox();
        if (store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)) {
            history.sightings().saw(mailbox, status);
        }
    }

    /// As SELECT does it.
    void open() {
        if (follow() instanceof Outcome.Done(var feed)) {
            try (feed) {
                var view = feed.current();
                history.sightings().saw(view);
                long from = store.mailboxes().claimRecent(view);
                if (store.mailboxes().status(view.mailbox()) instanceof Outcome.Done) {
                    history.toldRecent(view, from);
                }
            }
        }
    }

    private Outcome<MailboxFeed> follow() {
        return history.windows().follow(store, choices.anyMailbox(), () -> {});
    }

    /// Reads some messages of a view that is being shown.
    void read(MailboxView view) throws IOException {
        var numbers = new HashMap<Long, Integer>();
        var uids = new ArrayList<Long>();
        int first = choices.random.nextInt(6);
        for (int i = first; i < view.size(); i += 1 + choices.random.nextInt(12)) {
            uids.add(view.uid(i));
        }
        store.messages()
                .read(
                        view.mailbox(),
                        ModelMailbox.set(uids),
                        message -> {
                            int index = view.indexOf(message.uid());
                            assertThat(message.octets()).isEqualTo(view.octets(index));
                            numbers.put(message.uid(), history.mail().read(message));
                        });
        assertThat(numbers.keySet()).as("what is shown can be read").hasSameElementsAs(uids);
        history.sightings().read(view, numbers);
    }

    /// What a search finds is what decoding every message finds.
    void search() throws IOException {
        if (!(follow() instanceof Outcome.Done(var feed))) {
            return;
        }
        try (MailboxFeed window = feed) {
            var view = window.current();
            window.shows(view);
            if (view.size() > 0) {
                search(view);
            }
        }
    }

    private void search(MailboxView view) throws IOException {
        var among =
                UidSet.range(
                        view.uid(Math.max(0, view.size() - SEARCHED)), view.uid(view.size() - 1));
        var naive = new ArrayList<NaiveSearch>();
        store.messages()
                .read(
                        view.mailbox(),
                        among,
                        message -> {
                            // The octets of another may be purged meanwhile.
                            if (view.indexOf(message.uid()) >= 0) {
                                naive.add(new NaiveSearch(view, message));
                            }
                        });
        for (int i = 0; i < 5; i++) {
            var what = NaiveSearch.criterion(choices.random, naive, 2);
            var found = new ArrayList<Long>();
            store.messages().search(view, among, what, found::add);
            assertThat(found)
                    .as("%s in %s", what, view.mailbox())
                    .isEqualTo(
                            naive.stream()
                                    .filter(each -> each.test(what))
                                    .map(NaiveSearch::uid)
                                    .toList());
        }
    }
}
