package org.postrider.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Outcome;

/// An IMAP session that goes on showing a view while others remove what is in it, delete the
/// mailbox and let time pass, and that waits for news at times.
final class HistoryWindow implements AutoCloseable {

    private record Open(MailboxFeed feed, MailboxView view) {}

    private final HistoryChoices choices;
    private final HistoryReading reading;
    private final HistoryUpkeep upkeep;
    private Optional<Open> open = Optional.empty();

    HistoryWindow(HistoryChoices choices, HistoryReading reading, HistoryUpkeep upkeep) {
        this.choices = choices;
        this.reading = reading;
        this.upkeep = upkeep;
    }

    /// Shows what it has shown before, and may turn to something else then.
    void show() throws SQLException, IOException {
        if (open.isEmpty()) {
            select();
        }
        if (open.isPresent()) {
            var shown = open.get();
            if (choices.random.nextBoolean()) {
                upkeep.time();
            }
            reading.read(shown.view());
            switch (choices.random.nextInt(7)) {
                case 0 -> close();
                case 1 -> rest(shown);
                case 2, 3 -> turn(shown.feed());
                default -> {} // goes on showing the same
            }
        }
    }

    private void select() {
        var box = choices.anyMailbox();
        if (choices.history.windows().follow(choices.store, box, () -> {})
                instanceof Outcome.Done(var feed)) {
            turn(feed);
        }
    }

    /// Shows the newest view. Of a mailbox that is gone it goes on showing what it has shown.
    private void turn(MailboxFeed feed) {
        var view = feed.current();
        if (!view.deleted()) {
            feed.shows(view);
            choices.history.sightings().saw(view);
            open = Optional.of(new Open(feed, view));
        } else if (open.isEmpty()) {
            feed.close();
        }
    }

    private void rest(Open shown) {
        shown.feed().rests(shown.view().resting());
        choices.store.registry().restQuiet();
        shown.feed().resume();
    }

    @Override
    public void close() {
        open.ifPresent(shown -> shown.feed().close());
        open = Optional.empty();
    }
}
