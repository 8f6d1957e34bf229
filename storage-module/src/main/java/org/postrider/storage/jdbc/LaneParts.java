package org.postrider.storage.jdbc;

import java.time.InstantSource;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.blob.BodyStore;

/// What the lanes of a store share.
record LaneParts(
        Dialect dialect,
        AccountRegistry registry,
        BodyStore bodies,
        BodyIds bodyIds,
        TextQueue texts,
        InstantSource clock,
        StoreLimits limits) {}
