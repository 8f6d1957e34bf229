package org.postrider.imap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postrider.storage.mailbox.MailboxName;

class MailboxPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*,a/b/c,true",
        "%,a/b/c,false",
        "%/%/%,a/b/c,true",
        "a/%,a/b,true",
        "a/%,a,false",
        "a%,abc,true",
        "%c,abc,true",
        "a*c,a/b/c,true",
        "a*c*c,abc,false",
        "inbox,INBOX,true",
        "inB%x,INBOX,true",
        "inbox/%,INBOX/a,true",
        "inbox/A,INBOX/a,false",
        "inboxes,INBOXES,false",
        "sent,Sent,false",
        "'',a,false",
    })
    void matches(String pattern, String name, boolean fits) {
        assertThat(new MailboxPattern(pattern).matches(new MailboxName(name))).isEqualTo(fits);
    }

    @Test
    void manyWildcardsTakeNoLonger() {
        var pattern = new MailboxPattern("%*a".repeat(1000) + "b");
        var name = new MailboxName("a".repeat(1000));
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(pattern.matches(name)).isFalse());
    }
}
