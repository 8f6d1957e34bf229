package org.postrider.storage.message;

import java.util.Locale;
import java.util.Set;

/// The header fields that are kept in [MessageMeta] as they stand in the message, so that a
/// client's list of messages is answered without opening one. One name that is missing here and the
/// message is opened after all, so names that hardly any message has are here too: they cost
/// nothing.
///
/// What is asked for with BODY.PEEK[HEADER.FIELDS (…)], by sources, logs and manuals as of 2026:
/// - Thunderbird (source of 2025, unchanged for years): From To Cc Bcc Subject Date Message-ID
///   Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To
/// - Apple Mail (logs since iOS 16): Date Subject From To Cc Message-ID In-Reply-To References
///   Content-Type X-Priority X-Uniform-Type-Identifier X-Universally-Unique-Identifier List-ID
///   List-Unsubscribe BIMI-Indicator BIMI-Location X-BIMI-Indicator-Hash Authentication-Results
///   DKIM-Signature
/// - K-9 Mail (5.x source): Date Subject From Content-Type To Cc Reply-To Message-ID References
///   In-Reply-To X-K9mail-Identity
/// - mutt 2 and NeoMutt (source): Date From Sender Subject To Cc Message-ID References Content-Type
///   Content-Description In-Reply-To Reply-To Lines List-Post X-Label X-Original-To
/// - Roundcube (source since 0.5): Date From To Subject Content-Type Cc Reply-To List-Post
///   Disposition-Notification-To X-Priority, and a few more by setting
/// - mbsync 1.4.4: X-TUID, and Message-ID
/// - Outlook 2007 to 2024 (MS-STANOIMAP V0054): the whole HEADER, so nothing is gained there
///
/// Received, the largest of all, is asked for by none of them. What Apple Mail alone wants makes
/// the meta of a signed message about twice as large: accepted, because it is asked for every
/// message of every mailbox that a telephone shows.
public final class CachedFields {

    private static final Set<String> NAMES =
            Set.of(
                    "authentication-results",
                    "auto-submitted",
                    "bcc",
                    "bimi-indicator",
                    "bimi-location",
                    "cc",
                    "content-description",
                    "content-transfer-encoding",
                    "content-type",
                    "date",
                    "delivered-to",
                    "disposition-notification-to",
                    "dkim-signature",
                    "from",
                    "importance",
                    "in-reply-to",
                    "lines",
                    "list-archive",
                    "list-help",
                    "list-id",
                    "list-owner",
                    "list-post",
                    "list-subscribe",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "mail-followup-to",
                    "mail-reply-to",
                    "message-id",
                    "mime-version",
                    "newsgroups",
                    "precedence",
                    "priority",
                    "references",
                    "reply-to",
                    "resent-message-id",
                    "return-path",
                    "sender",
                    "subject",
                    "to",
                    "x-bimi-indicator-hash",
                    "x-draft-info",
                    "x-k9mail-identity",
                    "x-label",
                    "x-original-to",
                    "x-priority",
                    "x-tuid",
                    "x-uniform-type-identifier",
                    "x-universally-unique-identifier");

    private CachedFields() {}

    /// Whether fields of this name are kept. Whether all of a message's are: [CodedMeta#covers].
    public static boolean keeps(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
