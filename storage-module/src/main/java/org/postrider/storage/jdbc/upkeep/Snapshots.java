package org.postrider.storage.jdbc.upkeep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.SnapshotRows;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.view.AccountRegistry;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.LiveAccount;
import org.postrider.storage.jdbc.view.PageCodec;
import org.postrider.storage.jdbc.view.PageMap;
import org.postrider.storage.mailbox.MailboxId;

/// Writes the views of large mailboxes to pages when they have changed enough, a few pages in a
/// transaction. A view is immutable, so it stands still meanwhile, and its pages show the log up to
/// exactly its MODSEQ, whatever the rows of its messages show.
public final class Snapshots {

    /// MODSEQs that pages may be behind for each one that would be written again, so that 10 KB are
    /// not written for each flag.
    private static final int BEHIND_A_PAGE = 8;

    /// Pages in one transaction, about 300 KB.
    private static final int AT_ONCE = 32;

    private final Lanes lanes;
    private final AccountRegistry registry;
    private final StoreLimits.Views limits;

    public Snapshots(Lanes lanes, AccountRegistry registry, StoreLimits.Views limits) {
        this.lanes = lanes;
        this.registry = registry;
        this.limits = limits;
    }

    /// Looks at all views in memory. The work of [Upkeep].
    public void run() {
        for (var account : registry.all()) {
            for (var view : account.snapshot().views().values()) {
                if (isDue(view)) {
                    account.durable(view.mailbox().number()).ifPresent(this::write);
                }
            }
        }
    }

    private boolean isDue(ChunkedView view) {
        if (view.size() < limits.packedMessages() || view.deleted()) {
            return false;
        }
        return view.pages()
                .packed()
                .map(packed -> {
                    long behind = view.highestModSeq().value() - packed.modSeq();
                    return behind > limits.packedBehind()
                            && behind
                                    > limits.packedBehind()
                                            + BEHIND_A_PAGE * (changed(view, packed) - 1);
                })
                .orElse(true);
    }

    private static long changed(ChunkedView view, PageMap.Packed packed) {
        long changed = 0;
        for (int i = 0; i < view.chunkCount(); i++) {
            changed += packed.pages().containsKey(view.chunk(i).stamp) ? 0 : 1;
        }
        return changed;
    }

    /// Writes a view to pages, whether it is time or not.
    public void write(LiveAccount.Durable durable) {
        var view = durable.view();
        var mailbox = view.mailbox();
        var found = lanes.call(new SnapshotCommands.Existing(mailbox));
        if (found.isEmpty()) {
            return;
        }
        var existing = new HashSet<>(found.get());
        int next = existing.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        var known = view.pages().packed().map(PageMap.Packed::pages).orElse(Map.of());
        var key = new GroupRows.BoxKey(mailbox.account().value(), mailbox.number());
        var pages = new int[view.chunkCount()];
        var byStamp = new HashMap<Long, Integer>();
        var waiting = new ArrayList<SnapshotRows.NewPage>();
        for (int i = 0; i < pages.length; i++) {
            var chunk = view.chunk(i);
            var page = known.get(chunk.stamp);
            if (page == null || !existing.remove(page)) {
                page = next++;
                waiting.add(new SnapshotRows.NewPage(key, page, PageCodec.encode(chunk)));
            }
            pages[i] = page;
            byStamp.put(chunk.stamp, page);
            if (waiting.size() == AT_ONCE && !flush(mailbox, waiting)) {
                return;
            }
        }
        var snapshot =
                new SnapshotRows.NewSnapshot(
                        key, durable.modSeq(), view.size(), pages, List.copyOf(existing));
        if (flush(mailbox, waiting)
                && lanes.call(new SnapshotCommands.Publish(mailbox, snapshot))) {
            view.pages().packed(new PageMap.Packed(durable.modSeq(), Map.copyOf(byStamp)));
        }
    }

    private boolean flush(MailboxId mailbox, List<SnapshotRows.NewPage> pages) {
        boolean written =
                pages.isEmpty()
                        || lanes.call(new SnapshotCommands.Write(mailbox, List.copyOf(pages)));
        pages.clear();
        return written;
    }
}
