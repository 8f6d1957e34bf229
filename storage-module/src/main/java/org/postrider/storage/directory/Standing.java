package org.postrider.storage.directory;

/// Whether an account may be used.
public enum Standing {
    ACTIVE,
    /// Nobody logs in to it; mail still comes.
    SUSPENDED
}
