package org.postrider.storage.jdbc;

import org.postrider.storage.Store;

/// Something that a store answers beside its lanes, about one account, while others change it. The
/// model cannot tell when it was answered, only that it was between two moments ([QuestionMark]):
/// what the answer says must have been so in between.
interface Question<T> {

    T ask(Store store);

    /// Sees the account at one moment in between; they come in order, the first and the last too.
    void sees(ModelAccount account);

    /// After all moments.
    void assertRight(T answer);
}
