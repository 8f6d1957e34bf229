package org.postrider.storage.check;

/// Something that is true of a store at every moment between two transactions, whatever happened
/// before. `docs/invariants.md` says how each is looked at and what helps when it is violated.
public enum Invariant {
    R1("what the rows say can be read", Harm.UNKNOWN),

    M1("a UID is below UIDNEXT, is given once, and is live or expunged, not both", Harm.STATE),
    M2("a mailbox keeps its UIDVALIDITY, and the account has given no higher one", Harm.STATE),
    M3("a mailbox's MODSEQ is that of its last change, and not above its account's", Harm.STATE),
    M4("a mailbox counts its messages and their octets", Harm.FIGURES),
    M5("the rows of messages show the log as far as it is applied", Harm.STATE),
    M6("every account has an INBOX, and mailboxes are named as the log says", Harm.STATE),
    M7("every keyword of a message is known to its mailbox", Harm.STATE),
    M8("a message's MODSEQ is that of the last record about it", Harm.STATE),
    M9("an expunged message has its record, and is kept as long as it is promised", Harm.STATE),
    M10("numbers of accounts and mailboxes were given, and their rows are complete", Harm.STATE),

    A1("an account is charged for what is in its live mailboxes", Harm.FIGURES),
    A2("an account may have what the log says", Harm.STATE),
    A3("the change log has every MODSEQ once, in order, and can be read", Harm.STATE),
    A5("a packed view shows what the rows showed when it was written", Harm.DERIVED),
    A6("an account's address is in a domain of this server", Harm.STATE),
    A7("an account subscribes to the names that the log says", Harm.STATE),
    A8("an address is an account's or an alias's, and an alias goes to somebody", Harm.STATE),

    B1("every message names a body that is there", Harm.LOST),
    B2("a body counts who names it", Harm.FIGURES),
    B3("the octets of every body are where its row says, whole and unchanged", Harm.LOST),
    B4("the sizes of a message, its trace fields and its body agree", Harm.STATE),
    B5("every message has what was computed of it, and that is what its octets say", Harm.DERIVED),

    B6("octets that nobody names are noticed a day after they came", Harm.FIGURES),
    B7("what is dead in a file of octets is what no row names", Harm.FIGURES),

    T1("a kept text is of a body that is there, and where its row says", Harm.DERIVED),

    V3("a view in memory shows what rows and log say", Harm.STATE),
    D4("the committed groups of a lane are numbered without gaps", Harm.STATE);

    /// What a violation means for somebody's mail.
    public enum Harm {
        /// Octets of a message cannot be had from this store any more.
        LOST("mail is lost or damaged"),
        /// It could not be looked at.
        UNKNOWN("could not be looked at"),
        /// The mail is there; what the store says about it contradicts itself.
        STATE("the mail is there, what is said about it is wrong"),
        /// The mail is there; a sum is wrong.
        FIGURES("the mail is there, a figure is wrong"),
        /// Something that can be made anew from the mail.
        DERIVED("the mail is there, what was made from it is wrong");

        private final String sentence;

        Harm(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    private final String sentence;
    private final Harm harm;

    Invariant(String sentence, Harm harm) {
        this.sentence = sentence;
        this.harm = harm;
    }

    public String sentence() {
        return sentence;
    }

    public Harm harm() {
        return harm;
    }
}
