package org.postrider.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.SearchKey;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Criterion;

/// What a client's search keys are to the store: sequence numbers and \Recent mean something in
/// this session only.
final class SearchCriteria {

    private final SelectedView view;

    SearchCriteria(SelectedView view) {
        this.view = view;
    }

    Criterion of(SearchKey key) throws SyntaxError {
        return switch (key) {
            case SearchKey.All _ -> new Criterion.All();
            case SearchKey.Flagged(var flag) -> new Criterion.Flagged(flag);
            case SearchKey.Keyword(var word) -> new Criterion.Keyword(word);
            case SearchKey.Recent _ -> new Criterion.Uids(view.recent());
            case SearchKey.Received(var from, var to) -> new Criterion.Received(from, to);
            case SearchKey.Sent(var from, var to) -> new Criterion.Sent(from, to);
            case SearchKey.Larger(var octets) -> new Criterion.Larger(octets);
            case SearchKey.Smaller(var octets) -> new Criterion.Smaller(octets);
            case SearchKey.Messages(var numbering, var set) ->
                    new Criterion.Uids(view.uids(view.resolve(set, numbering)));
            case SearchKey.Header(var name, var text) -> new Criterion.Field(name, text);
            case SearchKey.Body(var text) -> new Criterion.Body(text);
            case SearchKey.Text(var text) -> new Criterion.Text(text);
            case SearchKey.Not(var inner) -> new Criterion.Not(of(inner));
            case SearchKey.Or(var one, var other) -> new Criterion.Or(of(one), of(other));
            case SearchKey.And(var keys) -> new Criterion.And(all(keys));
        };
    }

    private List<Criterion> all(List<SearchKey> keys) throws SyntaxError {
        var all = new ArrayList<Criterion>(keys.size());
        for (var key : keys) {
            all.add(of(key));
        }
        return all;
    }
}
