package org.postrider.transport;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.postrider.transport.testing.Dialogues;

class EchoDialoguesTest {

    @TestFactory
    Stream<DynamicTest> dialogues() {
        return Dialogues.in("dialogues/transport", EchoStage::new);
    }
}
