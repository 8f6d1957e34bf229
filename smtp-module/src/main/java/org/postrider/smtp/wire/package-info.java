/// SMTP's grammar: octets to commands, replies to octets (RFC 5321 §4.1, §4.2). No I/O and no
/// state.
@NullMarked
package org.postrider.smtp.wire;

import org.jspecify.annotations.NullMarked;
