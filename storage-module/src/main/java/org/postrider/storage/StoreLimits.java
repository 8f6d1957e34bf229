package org.postrider.storage;

import java.time.Duration;

/// What is bounded in a store, and how long it keeps what nobody sees any more.
///
/// @param writing how mutations share transactions
/// @param memory what may be kept in memory
/// @param bodies how octets lie on the disk
/// @param retention how long what is gone is kept
/// @param ranges which changes are large, and when their rows follow
/// @param embedded what concerns the embedded database's file
public record StoreLimits(
        Writing writing,
        Memory memory,
        Bodies bodies,
        Retention retention,
        Ranges ranges,
        Embedded embedded) {

    public static final StoreLimits USUAL =
            new StoreLimits(
                    Writing.USUAL,
                    Memory.USUAL,
                    Bodies.USUAL,
                    Retention.USUAL,
                    Ranges.USUAL,
                    Embedded.USUAL);

    public StoreLimits with(Writing changed) {
        return new StoreLimits(changed, memory, bodies, retention, ranges, embedded);
    }

    public StoreLimits with(Memory changed) {
        return new StoreLimits(writing, changed, bodies, retention, ranges, embedded);
    }

    public StoreLimits with(Bodies changed) {
        return new StoreLimits(writing, memory, changed, retention, ranges, embedded);
    }

    public StoreLimits with(Retention changed) {
        return new StoreLimits(writing, memory, bodies, changed, ranges, embedded);
    }

    public StoreLimits with(Ranges changed) {
        return new StoreLimits(writing, memory, bodies, retention, changed, embedded);
    }

    public StoreLimits with(Embedded changed) {
        return new StoreLimits(writing, memory, bodies, retention, ranges, changed);
    }

    /// What concerns the embedded database's file.
    ///
    /// @param copyEvery from one copy of it to the next
    /// @param untidiedOctets octets up to which it is left as large as it is
    public record Embedded(Duration copyEvery, long untidiedOctets) {

        public static final Embedded USUAL = new Embedded(Duration.ofDays(1), 8 << 20);
    }

    /// How mutations share transactions.
    ///
    /// @param lanes group committers on PostgreSQL, for two processors one: what a group costs by
    ///   itself is most of what it costs, so few large ones are quicker; H2 always has one
    /// @param groupCommands the most commands in one transaction
    /// @param groupOctets the most body octets in one transaction, unless one command has more
    /// @param waitingCommands commands in front of a lane before callers block
    /// @param readers connections that read
    public record Writing(
            int lanes, int groupCommands, long groupOctets, int waitingCommands, int readers) {

        public static final Writing USUAL =
                new Writing(
                        Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4),
                        128,
                        8L << 20,
                        4096,
                        8);

        public Writing {
            if (lanes < 1 || lanes > 16 || groupCommands < 1 || readers < 1) {
                throw new IllegalArgumentException("lanes, commands and readers must be positive");
            }
        }
    }

    /// What may be kept in memory.
    ///
    /// @param stagedInMemory octets of a message kept in memory before it goes to disk
    /// @param stagingMemory octets of all messages being received that may be in memory together
    /// @param cachedAccounts accounts whose mailbox figures are kept in memory
    /// @param views what of views is kept where
    public record Memory(int stagedInMemory, long stagingMemory, int cachedAccounts, Views views) {

        public static final Memory USUAL =
                new Memory(
                        512 << 10,
                        Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 8),
                        10_000,
                        Views.USUAL);

        public Memory with(Views changed) {
            return new Memory(stagedInMemory, stagingMemory, cachedAccounts, changed);
        }
    }

    /// Which views are in memory although no session needs them, and which are packed in pages.
    ///
    /// @param cachedOctets octets of views that no session needs
    /// @param packedMessages messages of a mailbox from which on it has pages
    /// @param packedBehind MODSEQs that the pages may be behind, beside some for each page that
    ///   would be written again
    public record Views(long cachedOctets, int packedMessages, int packedBehind) {

        public static final Views USUAL =
                new Views(Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 8), 2_000, 500);
    }

    /// How octets lie on the disk.
    ///
    /// @param segmentOctets when a segment file is full
    /// @param kept octets of the disk that new messages leave free, so that what removes messages
    ///   still works
    public record Bodies(long segmentOctets, long kept) {

        public static final Bodies USUAL = new Bodies(256L << 20, 256L << 20);
    }

    /// How long what is gone is kept.
    ///
    /// @param undelete how long an expunged message can be brought back
    /// @param log how long the change log knows of a change, for clients that come back
    /// @param logSteps how many steps of an account's MODSEQ its change log knows at most
    public record Retention(Duration undelete, Duration log, long logSteps) {

        public static final Retention USUAL =
                new Retention(Duration.ofDays(7), Duration.ofDays(30), 1_000_000);

        public Retention {
            if (undelete.isNegative() || log.isNegative() || logSteps < 1) {
                throw new IllegalArgumentException("nothing can be kept for less than no time");
            }
        }
    }

    /// Large changes are only logged when they are made; their rows follow.
    ///
    /// @param threshold a change of so many messages is large; 1: every change, the largest number:
    ///   none
    /// @param rest how long a lane has nothing else to do before it writes such rows
    public record Ranges(int threshold, Duration rest) {

        public static final Ranges USUAL = new Ranges(256, Duration.ofMillis(20));

        public Ranges {
            if (threshold < 1 || rest.isNegative()) {
                throw new IllegalArgumentException("no threshold or rest of large changes");
            }
        }
    }
}
