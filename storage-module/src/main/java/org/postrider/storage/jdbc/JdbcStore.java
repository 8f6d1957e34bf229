package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Violation;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.administration.JdbcAdministration;
import org.postrider.storage.jdbc.check.StoreCheck;
import org.postrider.storage.jdbc.command.Reopening;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.database.Dialect;
import org.postrider.storage.jdbc.database.H2Dialect;
import org.postrider.storage.jdbc.database.LostDatabase;
import org.postrider.storage.jdbc.database.PostgresDialect;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.SchemaUpgrade;
import org.postrider.storage.jdbc.lane.Lane;
import org.postrider.storage.jdbc.lane.LaneParts;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.lane.TextQueue;
import org.postrider.storage.jdbc.reading.HeaderColumns;
import org.postrider.storage.jdbc.reading.MessageReading;
import org.postrider.storage.jdbc.reading.MetaRenewal;
import org.postrider.storage.jdbc.reading.MetaRows;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.jdbc.search.MessageSearch;
import org.postrider.storage.jdbc.search.TextExtraction;
import org.postrider.storage.jdbc.search.TextRows;
import org.postrider.storage.jdbc.upkeep.BodyCare;
import org.postrider.storage.jdbc.upkeep.Snapshots;
import org.postrider.storage.jdbc.upkeep.Upkeep;
import org.postrider.storage.jdbc.view.AccountRegistry;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.ViewReading;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.Undelete;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store on H2 or PostgreSQL.
public final class JdbcStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    static final String COPIES = "copies";

    private final LaneParts parts;
    private final Lanes lanes;
    private final AccountRegistry registry;
    private final Snapshots snapshots;
    private final Upkeep upkeep;
    private final Readers readers;
    private final BodyStore bodies;
    private final BodyCare care;
    private final MetaRenewal renewal;
    private final TextExtraction extraction;
    private final MessageReading reading;
    private final JdbcDirectory directory;
    private final JdbcAdministration administration;
    private final JdbcMailboxes mailboxes;
    private final JdbcMessages messages;
    private final JdbcMaildrops maildrops;
    private final JdbcUndelete undelete;
    private final Retention retention;
    private final Optional<DatabaseCopies> copies;

    private JdbcStore(LaneParts parts, Lanes lanes, Readers readers, StagingMemory memory) {
        this.parts = parts;
        this.lanes = lanes;
        this.readers = readers;
        this.bodies = parts.bodies();
        this.directory =
                new JdbcDirectory(readers, lanes, parts.dialect().readersSeeOnlyWhatIsDurable());
        var limits = parts.limits();
        this.retention = new Retention(lanes, readers, parts.clock(), limits.retention());
        this.administration = new JdbcAdministration(lanes, readers, retention, directory::changed);
        this.undelete = new JdbcUndelete(lanes, readers, retention);
        this.mailboxes = new JdbcMailboxes(lanes, retention);
        this.maildrops = new JdbcMaildrops(lanes, mailboxes);
        var staging = new MessageStaging(bodies, memory, limits.memory().stagedInMemory());
        this.renewal = new MetaRenewal(lanes);
        var rows = new MetaRows(readers, this::backlogs);
        this.reading = new MessageReading(rows, bodies, renewal);
        var texts = new TextRows(rows, readers, bodies, parts.texts());
        var search = new MessageSearch(reading, new HeaderColumns(rows), texts, rows);
        this.extraction =
                new TextExtraction(
                        parts.texts(),
                        readers,
                        bodies,
                        memory,
                        limits.memory().stagedInMemory(),
                        lanes);
        this.messages = new JdbcMessages(parts.dialect()::hasRoom, staging, lanes, reading, search);
        this.registry = parts.registry();
        this.snapshots = new Snapshots(lanes, registry, limits.memory().views());
        this.copies = parts.dialect().copies(parts.clock());
        this.care = new BodyCare(parts, lanes, readers, copies);
        this.upkeep = new Upkeep(parts.clock(), tasks());
    }

    private Backlogs backlogs(AccountId account) {
        return lanes.state(account.value()).map(AccountState::backlogs).orElse(Backlogs.NONE);
    }

    /// What is done regularly, in this order when several are due.
    private List<Upkeep.Task> tasks() {
        var tasks = new ArrayList<>(retention.tasks());
        tasks.add(
                new Upkeep.Task(
                        "metas", Duration.ofSeconds(2), () -> renewal.run(readers, reading)));
        tasks.add(new Upkeep.Task("rest", Duration.ofSeconds(30), registry::restQuiet));
        tasks.addAll(care.tasks());
        tasks.add(new Upkeep.Task("snapshots", Duration.ofSeconds(10), snapshots::run));
        tasks.add(
                new Upkeep.Task(
                        "texts",
                        Duration.ofMillis(250),
                        extraction::run,
                        parts.texts()::isMailComing));
        copies.ifPresent(
                each -> tasks.add(new Upkeep.Task(COPIES, Duration.ofMinutes(1), each::runIfDue)));
        return tasks;
    }

    /// Opens a store: creates or migrates its tables, then starts its lanes.
    ///
    /// @throws StoreUnavailable when the database cannot be used; the message says why
    public static Store open(StoreSettings settings, InstantSource clock) {
        return open(settings, clock, SegmentFiles.ofSystem());
    }

    /// The same with segment files that a test looks at.
    static Store open(StoreSettings settings, InstantSource clock, SegmentFiles files) {
        return open(settings, clock, files, Lanes.Witness.NOBODY);
    }

    /// The same with commands that a test looks at too.
    static JdbcStore open(
            StoreSettings settings,
            InstantSource clock,
            SegmentFiles files,
            Lanes.Witness witness) {
        try {
            if (settings.isEmbedded()) {
                LostDatabase.requireThere(settings);
            }
            var store = prepared(settings, clock, files, witness);
            store.upkeep.start();
            return store;
        } catch (IOException e) {
            throw new StoreUnavailable("the store cannot be opened: " + e.getMessage(), e);
        }
    }

    /// A store whose database is being made anew beside the segments: nothing is done in it but
    /// what is asked.
    public static JdbcStore openForRestore(
            StoreSettings settings, InstantSource clock, SegmentFiles files) throws IOException {
        return prepared(settings, clock, files, Lanes.Witness.NOBODY);
    }

    private static JdbcStore prepared(
            StoreSettings settings, InstantSource clock, SegmentFiles files, Lanes.Witness witness)
            throws IOException {
        Dialect dialect =
                settings.isEmbedded()
                        ? new H2Dialect(settings, files)
                        : new PostgresDialect(settings, clock);
        try {
            createDirectory(settings.dataDirectory());
            new SchemaUpgrade(settings, dialect).run();
            return start(settings.limits(), dialect, clock, witness);
        } catch (SQLException e) {
            throw settings.isEmbedded()
                    ? LostDatabase.explained(settings, e)
                    : new StoreUnavailable("the store cannot be opened: " + e.getMessage(), e);
        }
    }

    /// Makes the directory, for its owner alone: what is in it is mail.
    private static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        if (posix) {
            Files.createDirectories(directory, ownerOnly);
        } else {
            Files.createDirectories(directory);
        }
    }

    private static JdbcStore start(
            StoreLimits limits, Dialect dialect, InstantSource clock, Lanes.Witness witness)
            throws SQLException, IOException {
        var ids = new BodyIds(0);
        var memory = new StagingMemory(limits.memory().stagingMemory());
        var readers = new Readers("reader", dialect::openReader, limits.writing().readers());
        try {
            var bodies = dialect.bodies(readers, ids, memory);
            var parts =
                    new LaneParts(
                            dialect,
                            new AccountRegistry(limits.memory()),
                            bodies,
                            ids,
                            new TextQueue(),
                            clock,
                            limits);
            var lanes = lanes(parts, readers, witness);
            lanes.start();
            readers.ask(session -> {
                BodyCare.startAbove(session, ids, bodies);
                return true;
            });
            dialect.whenStranded(() -> lanes.send(new Reopening()));
            return new JdbcStore(parts, lanes, readers, memory);
        } catch (SQLException | IOException | RuntimeException e) {
            readers.close();
            throw e;
        }
    }

    private static Lanes lanes(LaneParts parts, Readers readers, Lanes.Witness witness)
            throws SQLException {
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < parts.dialect().lanes(); i++) {
            lanes.add(new Lane(i, parts));
        }
        Lanes.Beside beside =
                parts.dialect().readersSeeOnlyWhatIsDurable()
                        ? mailbox -> readers.ask(session -> ViewReading.read(session, mailbox))
                        : _ -> Optional.empty();
        return new Lanes(lanes, parts.registry(), beside, witness);
    }

    @Override
    public Directory directory() {
        return directory;
    }

    @Override
    public Administration administration() {
        return administration;
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
    public Undelete undelete() {
        return undelete;
    }

    /// For tests, which have commands carried out that no port has, and do not wait for the rest.
    public Lanes lanes() {
        return lanes;
    }

    /// For tests, which look at what is in memory.
    AccountRegistry registry() {
        return registry;
    }

    /// For tests, which write pages by hand.
    Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public CheckReport check(CheckOptions options, Consumer<Violation> found) {
        try (var asking = new Readers("check", parts.dialect()::openCheck, 1)) {
            return asking.ask(session ->
                    new StoreCheck(session, parts.bodies(), this::views, found).run(options));
        }
    }

    private Map<Integer, ChunkedView> views(int account) {
        return parts.registry().find(account).map(live -> live.snapshot().views()).orElse(Map.of());
    }

    /// For tests, which run its tasks by hand.
    Upkeep upkeep() {
        return upkeep;
    }

    /// For a restore, which asks the lane for what nobody else does.
    public BodyStore bodies() {
        return bodies;
    }

    /// For a restore, which tells what is there.
    public <T> T read(Readers.Question<T> question) {
        return readers.ask(question);
    }

    /// Returns when the rows of every account show its whole log.
    public void catchUp() {
        readers.ask(session ->
                        session.query("select account_id from account", row -> row.getInt(1)))
                .forEach(lanes::catchUp);
    }

    @Override
    public void close() {
        boolean kept = upkeep.isRunning();
        upkeep.close();
        lanes.close();
        if (kept) {
            lastCopy();
        }
        readers.close();
        care.close();
        bodies.close();
    }

    /// Copies the database once more if the time has come: nothing changes it any more.
    private void lastCopy() {
        if (copies.isPresent()) {
            try {
                copies.get().runIfDue();
            } catch (IOException | SQLException e) {
                LOG.error("the database was not copied", e);
            }
        }
    }
}
