package org.postrider.pop3.server;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.SystemFlag;

/// What a POP3 session must answer, worked out the slow and obvious way from what the mailbox was
/// at login.
final class SessionModel {

    static final String MARKED = "-ERR this message is marked for deletion";
    static final String UNKNOWN = "-ERR no such message";

    /// A message as it was at login.
    record Message(long uid, String octets) {}

    private final List<Message> messages;
    private final long uidValidity;
    private final int lastAtLogin;
    private final BitSet marked = new BitSet();
    private final BitSet retrieved = new BitSet();
    private int last;

    SessionModel(MailboxView view, List<Message> messages) {
        this.messages = List.copyOf(messages);
        this.uidValidity = view.uidValidity().value();
        int highest = 0;
        for (int i = 0; i < view.size(); i++) {
            if (view.flags(i).has(SystemFlag.SEEN)) {
                highest = i + 1;
            }
        }
        this.lastAtLogin = highest;
        this.last = highest;
    }

    int size() {
        return messages.size();
    }

    String summary() {
        long count = listed().size();
        return "+OK " + count + (count == 1 ? " message, " : " messages, ") + sum() + " octets";
    }

    String stat() {
        return "+OK " + listed().size() + " " + sum();
    }

    List<String> list() {
        return listed().stream()
                .map(number -> number + " " + message(number).octets().length())
                .toList();
    }

    List<String> uidl() {
        return listed().stream().map(number -> number + " " + uniqueId(number)).toList();
    }

    /// The refusal of a number, or what `answer` would be.
    String refusalOr(int number, String answer) {
        if (number < 1 || number > messages.size()) {
            return UNKNOWN;
        }
        return marked.get(number) ? MARKED : answer;
    }

    boolean isListed(int number) {
        return refusalOr(number, "").isEmpty();
    }

    Message message(int number) {
        return messages.get(number - 1);
    }

    String uniqueId(int number) {
        return "%08x%08x".formatted(uidValidity, message(number).uid());
    }

    String head(int number, int lines) {
        var text = message(number).octets();
        int end = text.indexOf("\r\n\r\n") + 4;
        for (int line = 0; line < lines && end < text.length(); line++) {
            end = text.indexOf("\r\n", end) + 2;
        }
        return text.substring(0, end);
    }

    void mark(int number) {
        marked.set(number);
        last = Math.max(last, number);
    }

    void retrieve(int number) {
        retrieved.set(number);
        last = Math.max(last, number);
    }

    void reset() {
        marked.clear();
        last = lastAtLogin;
    }

    int last() {
        return last;
    }

    boolean isMarked(long uid) {
        return uidsOf(marked).contains(uid);
    }

    boolean isRetrieved(long uid) {
        return uidsOf(retrieved).contains(uid);
    }

    private List<Integer> listed() {
        var numbers = new ArrayList<Integer>();
        for (int number = 1; number <= messages.size(); number++) {
            if (!marked.get(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private long sum() {
        return listed().stream().mapToLong(number -> message(number).octets().length()).sum();
    }

    private List<Long> uidsOf(BitSet numbers) {
        return numbers.stream().mapToObj(number -> message(number).uid()).toList();
    }
}
