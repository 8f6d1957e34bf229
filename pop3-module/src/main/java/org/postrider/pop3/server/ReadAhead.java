package org.postrider.pop3.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postrider.pop3.session.OpenMaildrop;
import org.postrider.pop3.session.Standing;
import org.postrider.pop3.wire.MessageNumber;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
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

    private final Map<Long, byte[]> ready = new HashMap<>();
    private int last = -1;

    /// The octets of a message that was read ahead; they are not kept any longer.
    byte @Nullable [] take(MessageNumber number, OpenMaildrop maildrop) {
        var octets = ready.remove(maildrop.uid(number));
        if (octets != null) {
            last = number.index();
        }
        return octets;
    }

    /// What to read when a message is wanted that was not read ahead: that one, and the next ones
    /// when it is the one after the last.
    UidSet wanted(MessageNumber number, OpenMaildrop maildrop) {
        boolean inOrder = number.index() == last + 1 && last >= 0;
        last = number.index();
        ready.clear();
        var wanted = new ArrayList<UidSet.Range>();
        wanted.add(one(maildrop.uid(number)));
        long octets = 0;
        for (int index = last + 1; inOrder && wanted.size() < MOST_MESSAGES; index++) {
            var next = MessageNumber.at(index);
            var standing = maildrop.standing(next);
            if (standing == Standing.UNKNOWN) {
                break;
            }
            octets += maildrop.octets(next);
            if (octets > MOST_OCTETS) {
                break;
            }
            if (standing == Standing.LISTED) {
                wanted.add(one(maildrop.uid(next)));
            }
        }
        return new UidSet(wanted);
    }

    private static UidSet.Range one(long uid) {
        return new UidSet.Range(uid, uid);
    }

    /// Keeps a message. When it cannot be read the client hears so once it asks for it.
    void keep(StoredMessage message) {
        try (var octets = message.open()) {
            ready.put(message.uid(), octets.readAllBytes());
        } catch (IOException | StoreUnavailable e) {
            log.debug("message {} cannot be read ahead", message.uid(), e);
        }
    }
}
