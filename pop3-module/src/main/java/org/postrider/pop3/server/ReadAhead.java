package org.postrider.pop3.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postrider.pop3.session.OpenMaildrop;
import org.postrider.pop3.session.Standing;
import org.postrider.pop3.wire.MessageNumber;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.CorruptMeta;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages that a session will want next. A client that takes one after the other would wait for
/// the store each time, and the store answers for some in the time for one. Messages never change,
/// and those of an open maildrop are not purged, so what was read ahead is as good as what is read
/// later.
final class ReadAhead {

    private static final Logger log = LoggerFactory.getLogger(ReadAhead.class);

    private static final int MOST_MESSAGES = 16;

    /// Octets that a session may hold while its client does something else.
    private static final long MOST_OCTETS = 64 << 10;

    private final Messages messages;
    private final Map<Long, byte[]> ready = new HashMap<>();
    private int last = -1;

    ReadAhead(Messages messages) {
        this.messages = messages;
    }

    /// The octets of a message that was read ahead, or is now with those after it, because the one
    /// before it was wanted last; null when it is to be read by itself. They are not kept.
    byte @Nullable [] take(MessageNumber number, OpenMaildrop maildrop) {
        long uid = maildrop.uid(number);
        boolean inOrder = last >= 0 && number.index() == last + 1;
        last = number.index();
        if (!ready.containsKey(uid)) {
            ready.clear();
            if (inOrder) {
                read(from(number, maildrop), maildrop);
            }
        }
        return ready.remove(uid);
    }

    /// A message and those after it, as many as may be kept.
    private static UidSet from(MessageNumber first, OpenMaildrop maildrop) {
        var wanted = new ArrayList<UidSet.Range>();
        long octets = 0;
        for (int index = first.index(); wanted.size() < MOST_MESSAGES; index++) {
            var number = MessageNumber.at(index);
            var standing = maildrop.standing(number);
            if (standing == Standing.UNKNOWN) {
                break;
            }
            if (standing == Standing.LISTED) {
                octets += maildrop.octets(number);
                if (octets > MOST_OCTETS) {
                    break;
                }
                wanted.add(new UidSet.Range(maildrop.uid(number), maildrop.uid(number)));
            }
        }
        return new UidSet(wanted);
    }

    /// What cannot be read the client hears of once it wants it.
    private void read(UidSet wanted, OpenMaildrop maildrop) {
        try {
            messages.read(maildrop.mailbox(), wanted, Messages.Extent.OCTETS, this::keep);
        } catch (IOException | StoreUnavailable | CorruptMeta e) {
            log.debug("messages {} cannot be read ahead", wanted, e);
        }
    }

    private void keep(StoredMessage message) throws IOException {
        try (var octets = message.open()) {
            var all = octets.readAllBytes();
            if (all.length == message.octets()) {
                ready.put(message.uid(), all);
            }
        }
    }
}
