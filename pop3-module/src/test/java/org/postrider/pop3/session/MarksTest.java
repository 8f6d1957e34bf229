package org.postrider.pop3.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postrider.pop3.wire.MessageNumber;

class MarksTest {

    @Test
    void aNumberIsListedDeletedOrUnknown() {
        var marks = new Marks(2, 0);
        marks.delete(number(2));
        assertThat(marks.standing(number(1))).isEqualTo(Standing.LISTED);
        assertThat(marks.standing(number(2))).isEqualTo(Standing.DELETED);
        assertThat(marks.standing(number(3))).isEqualTo(Standing.UNKNOWN);
        assertThat(marks.standing(number(Integer.MAX_VALUE))).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void lastIsTheHighestNumberAccessedAndRsetBringsBackThatOfTheLogin() {
        var marks = new Marks(9, 3);
        assertThat(marks.last()).isEqualTo(3);
        marks.retrieve(number(2));
        assertThat(marks.last()).isEqualTo(3);
        marks.retrieve(number(5));
        assertThat(marks.last()).isEqualTo(5);
        marks.delete(number(7));
        assertThat(marks.last()).isEqualTo(7);
        marks.reset();
        assertThat(marks.last()).isEqualTo(3);
    }

    @Test
    void whatIsDeletedIsNotMarkedSeen() {
        var marks = new Marks(2, 0);
        marks.retrieve(number(1));
        marks.retrieve(number(2));
        marks.delete(number(1));
        assertThat(marks.toMarkSeen().test(0)).isFalse();
        assertThat(marks.toMarkSeen().test(1)).isTrue();
    }

    @Test
    void rsetUnmarksDeletionsAndKeepsRetrievals() {
        var marks = new Marks(1, 0);
        marks.retrieve(number(1));
        marks.delete(number(1));
        marks.reset();
        assertThat(marks.toDelete().test(0)).isFalse();
        assertThat(marks.toMarkSeen().test(0)).isTrue();
    }

    @Test
    void marksAreASet() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var marks = new Marks(200, 0);
        var model = new BitSet();
        for (int step = 0; step < 5_000; step++) {
            int index = random.nextInt(200);
            if (random.nextInt(500) == 0) {
                marks.reset();
                model.clear();
            } else {
                marks.delete(MessageNumber.at(index));
                model.set(index);
            }
            assertThat(marks.toDelete().test(index))
                    .as("seed %d", seed)
                    .isEqualTo(model.get(index));
        }
    }

    private static MessageNumber number(int value) {
        return new MessageNumber(value);
    }
}
