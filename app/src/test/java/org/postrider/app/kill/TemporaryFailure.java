package org.postrider.app.kill;

import java.io.IOException;

/// The server said that it cannot do now what it was asked. Whether it was done it did not say.
final class TemporaryFailure extends IOException {

    private static final long serialVersionUID = 1;

    TemporaryFailure(String answer) {
        super(answer);
    }
}
