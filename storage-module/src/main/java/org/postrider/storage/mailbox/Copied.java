package org.postrider.storage.mailbox;

/// What was copied: the n-th UID of `sources` became the n-th of `targets` (RFC 4315 §3 COPYUID).
/// Sources that were gone already are in neither.
public record Copied(UidValidity uidValidity, UidSet sources, UidSet targets) {}
