package org.postrider.storage.mailbox;

/// The names that appended messages got, in the order in which they were given (RFC 4315 §3
/// APPENDUID).
public record Appended(UidValidity uidValidity, UidSet uids) {}
