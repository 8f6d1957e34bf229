package org.postrider.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoreUnavailable;

/// The store on H2 or PostgreSQL.
public final class JdbcStore implements Store {

    private final Lanes lanes;
    private final Readers readers;
    private final BodyStore bodies;
    private final JdbcDirectory directory;
    private final JdbcMailboxes mailboxes;
    private final JdbcMessages messages;
    private final JdbcMaildrops maildrops;

    private JdbcStore(LaneParts parts, Lanes lanes, Readers readers) {
        this.lanes = lanes;
        this.readers = readers;
        this.bodies = parts.bodies();
        this.directory = new JdbcDirectory(readers, lanes);
        this.mailboxes = new JdbcMailboxes(lanes);
        this.maildrops = new JdbcMaildrops(lanes, mailboxes);
        var limits = parts.limits();
        var staging =
                new MessageStaging(
                        bodies,
                        new StagingMemory(limits.stagingMemory()),
                        limits.stagedInMemory(),
                        parts.dialect().largestValue());
        var reading = new MessageReading(readers, bodies, parts.metaForm());
        this.messages = new JdbcMessages(staging, lanes, reading);
    }

    /// Opens a store: creates or migrates its tables, then starts its lanes.
    ///
    /// @throws StoreUnavailable when the database cannot be used; the message says why
    public static Store open(StoreSettings settings) {
        return open(settings, SegmentFiles.ofSystem());
    }

    /// The same with segment files that a test looks at.
    static Store open(StoreSettings settings, SegmentFiles files) {
        Dialect dialect =
                settings.isEmbedded() ? new H2Dialect(settings) : new PostgresDialect(settings);
        var lanes = new ArrayList<Lane>();
        try {
            new SchemaUpgrade(settings, dialect).run();
            var bodies =
                    SegmentBodies.open(
                            settings.dataDirectory().resolve("segments"),
                            files,
                            settings.limits().segmentOctets());
            var parts = parts(settings, dialect, bodies);
            for (int i = 0; i < dialect.lanes(); i++) {
                lanes.add(new Lane(i, parts, new Session(dialect.openWriter())));
            }
            var all = new Lanes(lanes, parts.registry());
            all.start();
            return new JdbcStore(parts, all, new Readers(dialect, settings.limits().readers()));
        } catch (SQLException | IOException e) {
            throw new StoreUnavailable("the store cannot be opened: " + e.getMessage(), e);
        }
    }

    private static LaneParts parts(StoreSettings settings, Dialect dialect, BodyStore bodies) {
        return new LaneParts(
                dialect,
                new AccountRegistry(settings.limits()),
                bodies,
                new MetaForm(bodies),
                new BodyIds(0),
                InstantSource.system(),
                settings.limits());
    }

    @Override
    public Directory directory() {
        return directory;
    }

    @Override
    public Mailboxes mailboxes() {
        return mailboxes;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Maildrops maildrops() {
        return maildrops;
    }

    @Override
    public void close() {
        lanes.close();
        readers.close();
        bodies.close();
    }
}
