package org.postrider.pop3.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidValidity;

class UidlTest {

    @Test
    void itIsSixteenHexadecimalDigits() {
        assertThat(new Uidl(new UidValidity(1), 26)).hasToString("000000010000001a");
        assertThat(new Uidl(new UidValidity(Uid.MAX), Uid.MAX)).hasToString("ffffffffffffffff");
    }
}
