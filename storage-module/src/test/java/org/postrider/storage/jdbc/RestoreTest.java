package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.RestoreReport;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.restore.Restore;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// A database that is lost or damaged is told, not begun anew; a restore brings every message back
/// from a copy and the segments, or from the segments alone, and says what it cannot know.
class RestoreTest {

    private static final MailboxName WORK = new MailboxName("Work");

    @TempDir Path directory;

    @Test
    void aLostDatabaseIsNotBegunAnewAndComesBackFromTheSegments() throws Exception {
        var before = filled(false);
        Files.delete(database());
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> TestStores.h2(directory))
                .withMessageContaining("missing")
                .withMessageContaining("postrider restore");
        assertThat(database()).doesNotExist();
        var report = restored();
        assertThat(report.copy()).isEmpty();
        assertThat(report.messages()).isEqualTo(before.size());
        assertThat(report.text())
                .contains("the segments alone")
                .contains("alice@example.test: 0 messages as in the copy, 7 as they arrived\n")
                .contains("all is as it must be");
        assertContents(before);
    }

    @Test
    void aDamagedDatabaseComesBackFromItsCopyAndTheSegments() throws Exception {
        var before = filled(true);
        var octets = Files.readAllBytes(database());
        for (int at = 0; at < octets.length; at += 700) {
            octets[at] ^= 0x55;
        }
        Files.write(database(), octets);
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> TestStores.h2(directory))
                .withMessageContaining("does not open")
                .withMessageContaining("postrider restore");
        var report = restored();
        assertThat(report.copy()).isPresent();
        assertThat(report.messages()).isEqualTo(4);
        assertThat(report.check().clean()).isTrue();
        assertThat(report.text()).contains("alice@example.test: 3 messages as in the copy, 4 as");
        assertThat(report.aside().orElseThrow()).exists();
        assertContents(before);
    }

    @Test
    void anEmptyFileIsALostDatabase() throws Exception {
        var before = filled(true);
        Files.write(database(), new byte[0]);
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> TestStores.h2(directory))
                .withMessageContaining("missing or has nothing in it");
        restored();
        assertContents(before);
    }

    /// Room that was taken and never filled, as on a disk that lost what was written.
    @Test
    void aFileOfZerosWithoutItsJournalIsALostDatabase() throws Exception {
        var before = filled(true);
        Files.write(database(), new byte[(int) Files.size(database())]);
        Files.delete(database().resolveSibling(database().getFileName() + ".journal"));
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> TestStores.h2(directory))
                .withMessageContaining("missing or has nothing in it");
        restored();
        assertContents(before);
    }

    @Test
    void aCopyThatDoesNotOpenIsPassedOver() throws Exception {
        var before = filled(true);
        Files.delete(database());
        for (var copy : DatabaseCopies.of(settings())) {
            Files.write(
                    copy.file(),
                    "no database at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        var report = restored();
        assertThat(report.unreadable()).hasSize(1);
        assertThat(report.copy()).isEmpty();
        assertContents(before);
    }

    @Test
    void aRestoreThatWasKilledIsBegunAgain() throws Exception {
        var before = filled(true);
        Files.delete(database());
        Files.write(directory.resolve("restoring.mv.db"), new byte[20_000]);
        Files.write(directory.resolve("restoring.mv.db.journal"), new byte[20_000]);
        restored();
        assertContents(before);
    }

    @Test
    void aRestoreTwiceBringsNothingTwice() throws Exception {
        var before = filled(true);
        Files.delete(database());
        restored();
        Files.delete(database());
        for (var copy : DatabaseCopies.of(settings())) {
            Files.delete(copy.file());
        }
        restored();
        assertContents(before);
    }

    @Test
    void aDatabaseThatOpensIsLeftAlone() throws Exception {
        filled(true);
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(this::restored)
                .withMessageContaining("opens");
        try (var store = TestStores.h2(directory)) {
            TestStores.account(store, "alice@example.test");
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(this::restored)
                    .withMessageContaining("in use");
        }
    }

    @Test
    void numbersGoOnFromFarAboveAndEveryMessageCountsAsChanged() throws Exception {
        filled(true);
        long modSeq;
        long uidNext;
        try (var store = TestStores.h2(directory)) {
            var view = ViewWatcher.view(store, inbox(store));
            modSeq = view.highestModSeq().value();
            uidNext = view.uidNext();
        }
        Files.delete(database());
        restored();
        try (var store = TestStores.h2(directory)) {
            var view = ViewWatcher.view(store, inbox(store));
            assertThat(view.uidNext()).isGreaterThanOrEqualTo(uidNext + 1_000_000);
            for (int i = 0; i < view.size(); i++) {
                assertThat(view.modSeq(i).value()).isGreaterThan(modSeq + (1L << 32) - 1_000);
            }
        }
    }

    @Test
    void copiesAreMadeWhenTheTimeHasComeAndTheOldestGo() throws Exception {
        var clock = new Clock();
        var settings = settings();
        try (var store = (JdbcStore) JdbcStore.open(settings, clock)) {
            TestStores.account(store, "alice@example.test");
            for (int day = 0; day < 4; day++) {
                clock.now = clock.now.plus(Duration.ofHours(25));
                store.upkeep().run(JdbcStore.COPIES);
                store.upkeep().run(JdbcStore.COPIES);
                assertThat(DatabaseCopies.of(settings)).hasSize(Math.min(2, day + 1));
            }
        }
    }

    @Test
    void whatAnAccountNeedsToBeUsedComesBackFromTheSegments() throws Exception {
        filled(false);
        var limits = new Quota.Limits(OptionalLong.of(1_000_000), OptionalLong.empty());
        try (var store = TestStores.h2(directory)) {
            var alice = alice(store);
            TestStores.setPassword(store, alice, new PasswordHash("{test}another"));
            TestStores.setQuota(store, alice, limits);
            store.mailboxes().subscribe(alice, new MailboxName("Not there"));
            store.mailboxes().unsubscribe(alice, new MailboxName("Junk"));
            StoreFixture.done(store.mailboxes().setSpecialUse(alice, WORK, SpecialUse.ARCHIVE));
            StoreFixture.done(store.mailboxes().rename(alice, WORK, new MailboxName("Done")));
        }
        Files.delete(database());
        assertThat(restored().accounts()).allMatch(RestoreReport.OfAccount::settings);
        try (var store = TestStores.h2(directory)) {
            var address = MailAddress.parse("alice@example.test").orElseThrow();
            var credential = store.directory().credential(address).orElseThrow();
            assertThat(credential.password()).isEqualTo(new PasswordHash("{test}another"));
            var alice = credential.account().id();
            assertThat(store.directory().quota(alice).orElseThrow().limits()).isEqualTo(limits);
            assertThat(store.mailboxes().subscriptions(alice))
                    .extracting(MailboxName::value)
                    .contains("INBOX", "Not there")
                    .doesNotContain("Junk");
            var done = store.mailboxes().find(alice, new MailboxName("Done")).orElseThrow();
            assertThat(done.specialUse()).isEqualTo(SpecialUse.ARCHIVE);
            assertThat(ViewWatcher.view(store, done.id()).size()).isEqualTo(3);
        }
        Invariants.assertHold(settings());
    }

    @Test
    void aMessageThatWasMovedAndItsFirstPlacePurgedIsBroughtBack() throws Exception {
        var care = new Care();
        try (var store = care.open()) {
            deliver(store, "moved");
            var work = work(store);
            StoreFixture.done(store.messages().move(inbox(store), UidSet.of(1), work));
            care.purge(store);
            assertThat(contents(store)).hasSize(1);
        }
        Files.delete(database());
        deleteCopies();
        restored();
        try (var store = care.open()) {
            assertThat(contents(store)).hasSize(1);
        }
    }

    /// Old segments are emptied and their files gone; what they said is said by later ones.
    @Test
    void theSegmentsAloneAreEnoughAfterACompactionToo() throws Exception {
        var care = new Care();
        List<String> before;
        List<String> directoryBefore;
        try (var store = care.open()) {
            DirectoryText.fill(store);
            directoryBefore = DirectoryText.of(store);
            care.fill(store);
            care.expungeHalf(store);
            care.purge(store);
        }
        try (var store = care.open()) {
            store.upkeep().run("segments");
            before = contents(store);
            for (int i = 0; i < 3; i++) {
                care.copy();
                store.upkeep().run("segments");
            }
            assertThat(segments()).doesNotContain("000000000001.seg");
        }
        Files.delete(database());
        deleteCopies();
        var report = restored();
        assertThat(report.check().clean()).isTrue();
        assertThat(report.messages()).isEqualTo(before.size());
        try (var store = care.open()) {
            assertThat(contents(store)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(DirectoryText.of(store)).containsAll(directoryBefore);
        }
        Invariants.assertHold(settings());
    }

    /// The copy names places in segments that were emptied since; their files are still there.
    @Test
    void aCopyOlderThanACompactionBringsEverythingBack() throws Exception {
        var care = new Care();
        List<String> all;
        try (var store = care.open()) {
            care.fill(store);
            care.copy();
            all = contents(store);
            care.expungeHalf(store);
            care.purge(store);
        }
        try (var store = care.open()) {
            store.upkeep().run("segments");
            store.upkeep().run("segments");
            assertThat(segments()).contains("000000000001.seg");
        }
        Files.delete(database());
        assertThat(restored().check().clean()).isTrue();
        try (var store = care.open()) {
            assertThat(contents(store)).containsExactlyInAnyOrderElementsOf(all);
            store.upkeep().run("segments");
        }
        Invariants.assertHold(settings());
    }

    @Test
    void aCopyFromBeforeAnUpgradeIsUpgraded() throws Exception {
        UpgradeFixture.load(settings(), 2);
        var copies = Files.createDirectories(DatabaseCopies.directory(settings()));
        Files.move(database(), copies.resolve("postrider-20260301T120000000Z.mv.db"));
        Files.deleteIfExists(directory.resolve("postrider.mv.db.journal"));
        var report = restored();
        assertThat(report.copy()).isPresent();
        assertThat(report.check().violations()).isEmpty();
        assertThat(report.accounts()).hasSize(UpgradeHistory.ADDRESSES.size());
        assertThat(report.accounts()).allMatch(account -> account.asCopied() > 0);
        Invariants.assertHold(settings());
    }

    @Test
    void aRestoreIsKilledAgainAndAgain() throws Exception {
        var before = filled(true);
        Files.delete(database());
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.printf("killed restores: seed %d%n", seed);
        var random = new Random(seed);
        int killed = 0;
        for (int round = 0; round < 6 && !Files.exists(database()); round++) {
            killed += KilledRestore.killed(directory, random.nextInt(1_500)) ? 1 : 0;
        }
        System.out.printf("killed %d times%n", killed);
        if (!Files.exists(database())) {
            restored();
        }
        assertContents(before);
    }

    /// Rows of the copy still name it: another file in its place would be taken for it.
    @Test
    void theNumberOfALostSegmentIsNotGivenAgain() throws Exception {
        filled(true);
        Files.delete(database());
        var lost = segments();
        for (var segment : lost) {
            Files.delete(directory.resolve("segments").resolve(segment));
        }
        assertThat(restored().check().clean()).isFalse();
        try (var store = TestStores.h2(directory)) {
            deliver(store, "and it goes on");
        }
        assertThat(segments()).isNotEmpty().doesNotContainAnyElementsOf(lost);
    }

    @Test
    void aRestoreForWhichTheDiskHasNoRoomIsDoneLater() throws Exception {
        var disk = FullDisk.install();
        var before = filled(false);
        Files.delete(database());
        var full =
                StoreSettings.of(
                        "jdbc:h2:file:full:" + directory.resolve("postrider"),
                        "postrider",
                        "",
                        directory);
        int failures = 0;
        for (int room = 0; ; room = room * 4 + 3) {
            disk.hasRoomFor(room);
            try {
                Restore.run(full, InstantSource.system());
                break;
            } catch (StoreUnavailable e) {
                failures++;
                assertThat(database()).doesNotExist();
            }
        }
        disk.hasRoom();
        System.out.printf("no room for a restore %d times%n", failures);
        assertThat(failures).isPositive();
        assertContents(before);
    }

    private List<String> segments() throws Exception {
        try (var files = Files.list(directory.resolve("segments"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void deleteCopies() throws Exception {
        for (var copy : DatabaseCopies.of(settings())) {
            Files.delete(copy.file());
        }
    }

    /// A store with small segments and a clock that is moved, so that they are emptied.
    private final class Care {
        private final Clock clock = new Clock();

        JdbcStore open() {
            return (JdbcStore) JdbcStore.open(small(), clock);
        }

        /// Copies are made when the test asks for them.
        private StoreSettings small() {
            var limits =
                    StoreLimits.USUAL
                            .with(
                                    new StoreLimits.Embedded(
                                            Duration.ofDays(3_650),
                                            StoreLimits.Embedded.USUAL.untidiedOctets()))
                            .with(new StoreLimits.Bodies(BodyCareContract.SEGMENT, 0))
                            .with(
                                    new StoreLimits.Memory(
                                            64 << 10, 16 << 20, 1000, StoreLimits.Views.USUAL));
            return settings().withLimits(limits);
        }

        void fill(JdbcStore store) {
            for (int i = 1; i <= 60; i++) {
                deliver(store, TestStores.noise(i, i % 20 < 2 ? 100_000 : 5_000));
            }
        }

        void expungeHalf(JdbcStore store) {
            var inbox = inbox(store);
            for (int uid = 1; uid <= 60; uid++) {
                if (uid % 3 != 0) {
                    StoreFixture.done(
                            store.messages()
                                    .storeFlags(
                                            inbox,
                                            UidSet.of(uid),
                                            new FlagChange.Add(Flags.of(SystemFlag.DELETED)),
                                            OptionalLong.empty()));
                }
            }
            StoreFixture.done(store.messages().expunge(inbox, UidSet.range(1, 60)));
        }

        void purge(JdbcStore store) throws Exception {
            clock.now = clock.now.plus(Duration.ofDays(30));
            store.upkeep().run(Retention.PURGE);
            clock.now = clock.now.plus(Duration.ofDays(1));
            store.upkeep().run("collection");
        }

        void copy() throws Exception {
            clock.now = clock.now.plus(Duration.ofDays(2));
            new DatabaseCopies(small(), clock).run();
        }
    }

    private static final class Clock implements InstantSource {
        private volatile Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }
    }

    // ---- a store with something of everything

    private StoreSettings settings() {
        return StoreSettings.embedded(directory);
    }

    private Path database() {
        return directory.resolve("postrider.mv.db");
    }

    private RestoreReport restored() {
        return Restore.run(settings(), InstantSource.system());
    }

    /// @return the messages, each with its mailbox and UID
    private List<String> filled(boolean copied) throws Exception {
        try (var store = (JdbcStore) JdbcStore.open(settings(), InstantSource.system())) {
            deliver(store, "first");
            var work = work(store);
            append(store, work, "second", Flags.of(SystemFlag.FLAGGED));
            append(store, work, "x".repeat(900_000), Flags.NONE);
            if (copied) {
                new DatabaseCopies(settings(), InstantSource.system()).run();
            }
            deliver(store, "third");
            append(
                    store,
                    work,
                    "fourth",
                    new Flags(java.util.Set.of(SystemFlag.SEEN), List.of("$Forwarded")));
            var later =
                    StoreFixture.done(
                            store.mailboxes()
                                    .create(
                                            alice(store),
                                            new MailboxName("Later/Deep"),
                                            SpecialUse.NONE));
            append(store, later.id(), "fifth", Flags.NONE);
            append(store, later.id(), "sixth", Flags.NONE);
            return contents(store);
        }
    }

    private static AccountId alice(Store store) {
        return TestStores.account(store, "alice@example.test").id();
    }

    private static MailboxId inbox(Store store) {
        return store.mailboxes().find(alice(store), MailboxName.INBOX).orElseThrow().id();
    }

    private static MailboxId work(Store store) {
        return StoreFixture.done(store.mailboxes().create(alice(store), WORK, SpecialUse.NONE))
                .id();
    }

    static void deliver(Store store, String body) {
        deliver(store, alice(store), body);
    }

    static void deliver(Store store, AccountId to, String body) {
        try (var staged = TestStores.staged(store, "Subject: x\r\n\r\n" + body + "\r\n")) {
            var recipient = StoreFixture.recipient(to, "X-Trace: yes\r\n");
            store.messages()
                    .deliver(new Delivery(staged, Instant.EPOCH, List.of(recipient)))
                    .forEach(StoreFixture::done);
        }
    }

    private static void append(Store store, MailboxId mailbox, String body, Flags flags) {
        try (var staged = TestStores.staged(store, "Subject: x\r\n\r\n" + body + "\r\n")) {
            StoreFixture.done(
                    store.messages()
                            .append(
                                    mailbox,
                                    List.of(new NewMessage(staged, flags, Instant.EPOCH))));
        }
    }

    private static List<String> contents(Store store) throws Exception {
        var lines = new ArrayList<String>();
        for (var box : store.mailboxes().list(alice(store))) {
            var view = ViewWatcher.view(store, box.id());
            if (view.size() > 0) {
                store.messages()
                        .read(
                                box.id(),
                                UidSet.range(1, view.uidNext()),
                                message -> {
                                    int index = view.indexOf(message.uid());
                                    if (index < 0) {
                                        return;
                                    }
                                    var octets = message.open().readAllBytes();
                                    lines.add(
                                            box.name().value()
                                                    + " "
                                                    + box.uidValidity().value()
                                                    + " "
                                                    + message.uid()
                                                    + " "
                                                    + view.flags(index)
                                                    + " "
                                                    + view.internalDate(index)
                                                    + " "
                                                    + octets.length
                                                    + " "
                                                    + java.util.Arrays.hashCode(octets));
                                });
            }
        }
        return lines;
    }

    private void assertContents(List<String> expected) throws Exception {
        try (var store = TestStores.h2(directory)) {
            assertThat(contents(store)).containsExactlyInAnyOrderElementsOf(expected);
            deliver(store, "and it goes on");
            var all = ViewWatcher.view(store, inbox(store));
            StoreFixture.done(
                    store.messages()
                            .storeFlags(
                                    inbox(store),
                                    UidSet.of(all.uid(0)),
                                    new FlagChange.Add(Flags.of(SystemFlag.DELETED)),
                                    java.util.OptionalLong.empty()));
            StoreFixture.done(store.messages().expunge(inbox(store), UidSet.of(all.uid(0))));
            assertThat(contents(store)).hasSize(expected.size());
        }
        Invariants.assertHold(settings());
    }
}
