package org.postrider.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SmtpReplyTest {

    @Test
    void oneLineHasASpaceBehindTheCode() {
        assertThat(SmtpReply.of(250, 1, 0, "Sender ok").text())
                .isEqualTo("250 2.1.0 Sender ok\r\n");
        assertThat(SmtpReply.plain(354, "Go").text()).isEqualTo("354 Go\r\n");
    }

    @Test
    void severalLinesHaveAHyphenInAllButTheLastAndTheStatusInEach() {
        var reply = new SmtpReply(550, new EnhancedStatus(5, 7, 1), List.of("No", "no", "no"));
        assertThat(reply.text()).isEqualTo("550-5.7.1 No\r\n550-5.7.1 no\r\n550 5.7.1 no\r\n");
    }

    @Test
    void aReplyCannotHoldALineBreak() {
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, 0, 0, "a\r\nb"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpReply.of(250, 0, 0, "x".repeat(500)));
    }

    @Test
    void codeAndStatusSayTheSame() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpReply(250, new EnhancedStatus(5, 0, 0), List.of("x")));
    }
}
