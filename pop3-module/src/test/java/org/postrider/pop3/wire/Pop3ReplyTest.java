package org.postrider.pop3.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Pop3ReplyTest {

    @Test
    void aReplyIsOneLine() {
        assertThat(Pop3Reply.ok("2 320").line()).isEqualTo("+OK 2 320\r\n");
        assertThat(Pop3Reply.err("no such message").line()).isEqualTo("-ERR no such message\r\n");
        assertThat(Pop3Reply.err(ResponseCode.SYS_TEMP, "try again").line())
                .isEqualTo("-ERR [SYS/TEMP] try again\r\n");
    }

    @ParameterizedTest
    @EnumSource(ResponseCode.class)
    void theLongestReplyKeepsToTheLimit(ResponseCode code) {
        var longest = "x".repeat(Pop3Reply.MAX_OCTETS - 32);
        assertThat(Pop3Reply.err(code, longest).line().length())
                .isLessThanOrEqualTo(Pop3Reply.MAX_OCTETS);
        assertThatThrownBy(() -> Pop3Reply.ok(longest + "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWouldBeReadAsSomethingElseIsNoReply() {
        assertThatThrownBy(() -> Pop3Reply.ok("two\r\nlines"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pop3Reply.err("[AUTH] not a code"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
