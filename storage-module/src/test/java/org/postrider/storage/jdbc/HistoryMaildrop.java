package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Maildrops.Maildrop;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;

/// A POP3 session. What it has shown when it began can be read as long as it lasts, and nobody else
/// has the maildrop meanwhile.
final class HistoryMaildrop implements AutoCloseable {

    private record Open(Maildrop maildrop, Windows.Window window) {}

    private final HistoryChoices choices;
    private final HistoryReading reading;
    private final HistoryUpkeep upkeep;
    private Optional<Open> open = Optional.empty();

    HistoryMaildrop(HistoryChoices choices, HistoryReading reading, HistoryUpkeep upkeep) {
        this.choices = choices;
        this.reading = reading;
        this.upkeep = upkeep;
    }

    void go() throws SQLException, IOException {
        if (open.isEmpty()) {
            begin();
        }
        if (open.isPresent()) {
            var maildrop = open.get().maildrop();
            upkeep.time();
            reading.read(maildrop.view());
            switch (choices.random.nextInt(6)) {
                case 0 -> close(); // leaves without QUIT
                case 1 -> assertHeld();
                case 2, 3 -> {} // goes on
                default -> quit(maildrop);
            }
        }
    }

    private void begin() {
        var account = choices.account.id();
        var inbox = choices.store.mailboxes().find(account, MailboxName.INBOX).orElseThrow().id();
        var window = choices.history.windows().opening(inbox);
        switch (choices.store.maildrops().open(account, "history")) {
            case Outcome.Refused<Maildrop>(var why) -> {
                window.closed();
                assertThat(why).isEqualTo(Refusal.IN_USE);
            }
            case Outcome.Done(var maildrop) -> {
                window.opened(maildrop.view());
                choices.history.sightings().saw(maildrop.view());
                open = Optional.of(new Open(maildrop, window));
            }
        }
    }

    private Outcome<?> quit(Maildrop maildrop) {
        var mailbox = maildrop.view().mailbox();
        var deleted = choices.some(mailbox);
        var retrieved = choices.some(mailbox);
        open.ifPresent(each -> each.window().closing());
        var outcome = maildrop.update(deleted, retrieved);
        close();
        return outcome;
    }

    private void assertHeld() {
        assertThat(choices.store.maildrops().open(choices.account.id(), "another"))
                .isEqualTo(new Outcome.Refused<>(Refusal.IN_USE));
    }

    @Override
    public void close() {
        open.ifPresent(each -> {
            each.window().closing();
            each.maildrop().close();
            each.window().closed();
        });
        open = Optional.empty();
    }
}
