/// A message as octets and as the structure that is computed once, when it enters the store:
/// ENVELOPE, BODYSTRUCTURE, the place of every part, and the header fields clients ask for.
///
/// Text that comes from a message is kept as it came: a [String] in which every character is one
/// octet (ISO 8859-1), so that nothing is lost and nothing is guessed before somebody asks.
@NullMarked
package org.postrider.storage.message;

import org.jspecify.annotations.NullMarked;
