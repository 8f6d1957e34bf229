package org.postrider.storage.jdbc.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.postrider.storage.jdbc.account.Change.Masked;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.UidSet;

/// What sessions do with a view all the time, in microseconds, at the size of a mailbox.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Tag("bench")
public class ViewMicrobenchmark {

    @Param({"10000", "1000000"})
    public int messages;

    private ChunkedView view = ChunkedView.empty(state());
    private ChunkedView changed = view;

    private static MailboxState state() {
        return MailboxState.created(1, 1, "INBOX", 7, SpecialUse.NONE, 1);
    }

    @Setup(Level.Trial)
    public void fill() {
        var rows = new ArrayList<MessageRow>(messages);
        for (int uid = 1; uid <= messages; uid++) {
            rows.add(new MessageRow(uid, uid % 3, 4_000 + uid % 1_000, uid * 60_000L));
        }
        view = ChunkedView.empty(state()).appending(rows, 2);
        changed = flagged(UidSet.of(messages / 2));
    }

    private ChunkedView flagged(UidSet uids) {
        return view.flagging(List.of(new Masked(KeywordBits.DELETED, uids)), 3);
    }

    /// STORE of one message.
    @Benchmark
    public Object oneFlag() {
        return flagged(UidSet.of(messages / 2));
    }

    /// STORE 1:*.
    @Benchmark
    public Object allFlags() {
        return flagged(UidSet.range(1, messages));
    }

    /// What a session is told after one change.
    @Benchmark
    public MailboxView.Difference difference() {
        return changed.since(view);
    }

    /// FETCH 1:* (UID FLAGS RFC822.SIZE), without the writing.
    @Benchmark
    public long scan() {
        long sum = 0;
        for (int i = 0; i < view.size(); i++) {
            sum += view.uid(i) + view.octets(i) + view.flags(i).system().size();
        }
        return sum;
    }

    @Test
    void run() throws Exception {
        var results =
                new Runner(
                                new OptionsBuilder()
                                        .include(ViewMicrobenchmark.class.getName())
                                        .jvmArgsAppend("-Xmx1g")
                                        .build())
                        .run();
        assertThat(results).isNotEmpty();
        for (var result : results) {
            var primary = result.getPrimaryResult();
            System.out.printf(
                    "bench: view of %s messages, %s: %.1f us%n",
                    result.getParams().getParam("messages"),
                    primary.getLabel(),
                    primary.getScore());
        }
    }
}
