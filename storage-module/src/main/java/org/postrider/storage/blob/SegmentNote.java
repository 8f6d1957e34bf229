package org.postrider.storage.blob;

/// Something that a segment says beside the bodies, so that more can be told from segments alone.
/// No row names it.
public record SegmentNote(RecordType type, byte[] octets) {}
