/// The commands, one class each. A command has been read completely before it runs; it decides,
/// writes its untagged responses, and returns how it ended.
@NullMarked
package org.postrider.imap.command;

import org.jspecify.annotations.NullMarked;
