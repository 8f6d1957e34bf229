package org.postrider.storage.directory;

import org.postrider.storage.address.MailAddress;

/// Somebody who has mail here.
///
/// @param address the account's own address, by which it logs in
public record Account(AccountId id, MailAddress address) {}
