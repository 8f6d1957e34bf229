package org.postrider.storage.jdbc;

/// A change and where it is in the log of its account.
///
/// @param seq tells the records of one command apart
record LoggedChange(long modSeq, int seq, Change change) {}
