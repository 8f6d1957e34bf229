package org.postrider.storage.jdbc;

/// A change and the MODSEQ under which it is in the log.
record LoggedChange(long modSeq, Change change) {}
