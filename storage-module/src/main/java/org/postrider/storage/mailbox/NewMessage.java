package org.postrider.storage.mailbox;

import java.time.Instant;

/// A message that APPEND puts into a mailbox.
public record NewMessage(Staged message, Flags flags, Instant internalDate) {}
