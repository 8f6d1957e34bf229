package org.postrider.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Random;

/// Somebody who does one thing after the other with the accounts that others use at the same time:
/// delivers, is an IMAP client, a POP3 client, an administrator, or the passing of time. What the
/// answers should be is not known here: what is seen in passing is reported to [Sightings], what is
/// asked beside the lanes is a [Question].
final class HistorySession implements AutoCloseable {

    private final HistoryChoices choices;
    private final HistoryMessages messages;
    private final HistoryNames names;
    private final HistoryAdministrator administrator;
    private final HistoryUpkeep upkeep;
    private final HistoryReading reading;
    private final HistoryMaildrop maildrop;
    private final HistoryWindow window;

    /// @param random decides everything
    HistorySession(JdbcStore store, History history, Random random) {
        this.choices = new HistoryChoices(store, history, random);
        this.messages = new HistoryMessages(choices);
        this.names = new HistoryNames(choices);
        this.administrator = new HistoryAdministrator(choices);
        this.upkeep = new HistoryUpkeep(choices);
        this.reading = new HistoryReading(choices);
        this.maildrop = new HistoryMaildrop(choices, reading, upkeep);
        this.window = new HistoryWindow(choices, reading, upkeep);
    }

    void step() throws SQLException, IOException {
        int dice = choices.random.nextInt(100);
        if (dice < 55) {
            changeMessages(dice);
        } else if (dice < 62) {
            names.change();
        } else if (dice < 64) {
            administrator.setQuota();
        } else if (dice < 69) {
            administrator.bringBack();
        } else if (dice < 76) {
            maildrop.go();
        } else if (dice < 84) {
            window.show();
        } else {
            look(dice);
        }
    }

    private void changeMessages(int dice) throws IOException {
        if (dice < 17) {
            messages.deliver();
        } else if (dice < 23) {
            messages.append();
        } else if (dice < 39) {
            messages.storeFlags();
        } else if (dice < 46) {
            messages.expunge();
        } else {
            messages.copyOrMove();
        }
    }

    private void look(int dice) throws SQLException, IOException {
        if (dice < 86) {
            reading.search();
        } else if (dice < 88) {
            reading.status();
        } else if (dice < 92) {
            reading.open();
        } else {
            upkeep.work();
        }
    }

    @Override
    public void close() {
        maildrop.close();
        window.close();
    }
}
