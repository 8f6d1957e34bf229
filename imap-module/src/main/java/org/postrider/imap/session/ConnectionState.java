package org.postrider.imap.session;

import org.postrider.storage.directory.AccountId;

/// Where a connection stands (RFC 3501 §3). A command that needs a mailbox takes a [Selected].
public sealed interface ConnectionState {

    /// Nobody has logged in yet.
    record NotAuthenticated() implements ConnectionState {}

    /// Somebody has logged in.
    sealed interface LoggedIn extends ConnectionState {
        AccountId account();
    }

    /// No mailbox is selected.
    record Authenticated(AccountId account) implements LoggedIn {}

    /// A mailbox is selected.
    record Selected(AccountId account, SelectedView view) implements LoggedIn {}
}
