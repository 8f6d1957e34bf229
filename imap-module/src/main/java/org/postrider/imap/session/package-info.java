/// What the server knows of one connection: who logged in ([ConnectionState]) and what its client
/// has been told of the selected mailbox ([SelectedView]).
@NullMarked
package org.postrider.imap.session;

import org.jspecify.annotations.NullMarked;
