package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetsTest {

    @Test
    void eightAtATimeFindsWhatOneAtATimeFinds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(40)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] =
                        (byte)
                                (random.nextInt(4) == 0
                                        ? random.nextInt(256)
                                        : 14 + random.nextInt(100));
            }
            int from = random.nextInt(octets.length + 1);
            int to = from + random.nextInt(octets.length - from + 1);
            byte wanted = (byte) random.nextInt(256);
            int index = -1;
            int control = to;
            for (int i = to - 1; i >= from; i--) {
                index = octets[i] == wanted ? i : index;
                control = octets[i] >= 0 && octets[i] <= '\r' ? i : control;
            }
            assertThat(Octets.indexOf(octets, wanted, from, to))
                    .as("seed %d", seed)
                    .isEqualTo(index);
            assertThat(Octets.indexOfControl(octets, from, to))
                    .as("seed %d", seed)
                    .isEqualTo(control);
        }
    }
}
