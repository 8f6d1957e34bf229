package org.postrider.smtp.wire;

/// An enhanced status code, which says in three numbers what a reply code says roughly (RFC 3463
/// §2).
///
/// @param category 2 success, 4 try again, 5 never
/// @param subject what it is about: 1 address, 2 mailbox, 3 mail system, 5 protocol, 6 content, 7
///   security
/// @param detail which of the subject's conditions
public record EnhancedStatus(int category, int subject, int detail) {

    private static final int HIGHEST = 999;

    public EnhancedStatus {
        boolean known = category == 2 || category == 4 || category == 5;
        if (!known || subject < 0 || subject > HIGHEST || detail < 0 || detail > HIGHEST) {
            throw new IllegalArgumentException(
                    "not a status: " + category + "." + subject + "." + detail);
        }
    }

    @Override
    public String toString() {
        return category + "." + subject + "." + detail;
    }
}
