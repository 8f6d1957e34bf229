package org.postrider.transport.sasl;

/// Who logged in.
///
/// @param account the account's number
/// @param name the account's canonical name, its address
public record Identity(int account, String name) {}
