/// An account as values: the state of its mailboxes, the rows, flags and keywords of its messages,
/// and the change log that leads from one MODSEQ to the next. It may know `database`.
@NullMarked
package org.postrider.storage.jdbc.account;

import org.jspecify.annotations.NullMarked;
