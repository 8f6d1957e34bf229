package org.postrider.storage.jdbc.lane;

import java.time.InstantSource;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.Dialect;
import org.postrider.storage.jdbc.view.AccountRegistry;

/// What the lanes of a store share.
public record LaneParts(
        Dialect dialect,
        AccountRegistry registry,
        BodyStore bodies,
        BodyIds bodyIds,
        TextQueue texts,
        InstantSource clock,
        StoreLimits limits) {}
