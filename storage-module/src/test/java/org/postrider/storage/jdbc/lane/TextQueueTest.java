package org.postrider.storage.jdbc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.group.GroupRows.BodyKey;

class TextQueueTest {

    private final TextQueue queue = new TextQueue();

    @Test
    void textsWaitWhileMuchMailComes() {
        queue.arrived(bodies(0, 16));
        assertThat(queue.isMailComing()).isTrue();
        queue.arrived(bodies(16, 31));
        assertThat(queue.isMailComing()).isFalse();
    }

    @Test
    void textsDoNotWaitWhenMoreAreMissingThanASearchCanDo() {
        queue.arrived(bodies(0, 4_000));
        assertThat(queue.isMailComing()).isFalse();
    }

    /// What a search asks for, or what failed, is no mail.
    @Test
    void onlyMailIsMail() {
        queue.add(bodies(0, 100));
        assertThat(queue.isMailComing()).isFalse();
        assertThat(queue.take(60)).isEqualTo(bodies(0, 60));
        assertThat(queue.take(60)).isEqualTo(bodies(60, 100));
    }

    private static List<BodyKey> bodies(long from, long to) {
        return LongStream.range(from, to).mapToObj(id -> new BodyKey(1, id)).toList();
    }
}
