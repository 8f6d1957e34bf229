/// What tests of the protocols share: a blocking client, a certificate, and dialogues in plain
/// files.
@NullMarked
package org.postrider.transport.testing;

import org.jspecify.annotations.NullMarked;
