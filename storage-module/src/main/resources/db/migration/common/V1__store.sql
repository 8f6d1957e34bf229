-- The mail store. The same tables on H2 and on PostgreSQL; what differs stands in placeholders:
--   ${bin}              octets of any length the store writes (H2: none is over 64 KB)
--   ${bin32}            a SHA-256
--   ${hot}, ${warm}     room in the page, so that an update stays in it
--   ${body_chunk_parts} how body_chunk is divided
--
-- Rules: no foreign key, no trigger, no sequence, no value the database makes up: the lane that
-- writes computes every value under the lock of the account, and the invariant checker looks after
-- what a foreign key would. Instants are milliseconds since 1970 in UTC.

-- What is true of the whole store: one row a fact.
--   next_account_id: the number of the next account, never given twice
create table store_info (
  k varchar(64)  not null,
  v varchar(512) not null,
  constraint store_info_pk primary key (k)
);
insert into store_info (k, v) values ('next_account_id', '1');

-- A domain whose mail stays here.
create table domain (
  name       varchar(253) not null, -- A-labels, lower case, no final dot
  created_at bigint       not null,
  constraint domain_pk primary key (name)
);

-- Somebody who has mail here. Rows stay when an account goes, so that its number is not given again.
create table account (
  account_id    int          not null,
  address_key   varchar(320) not null, -- the address as it is compared: NFC, lower case
  address       varchar(320) not null, -- the address as it was written
  password_hash varchar(512) not null, -- PHC string format
  state         smallint     default 0 not null, -- 0 active, 1 suspended, 2 being deleted
  created_at    bigint       not null,
  constraint account_pk primary key (account_id),
  constraint account_address_uq unique (address_key)
);

-- THE lock: every change of an account's mail locks this row first and holds it until commit, so UIDs,
-- MODSEQs and the change log become visible in the order in which they were given. Narrow and without
-- a second index, so that PostgreSQL updates it in its page.
create table account_state (
  account_id       int    not null,
  modseq           bigint default 1 not null,  -- the last one given; one step a command (RFC 7162 §3.1)
  next_mailbox_id  int    default 1 not null,
  next_uidvalidity bigint not null,            -- only grows, so no two mailboxes ever share one
  used_bytes       bigint default 0 not null,  -- octets in live mailboxes; tombstones are not charged
  used_msgs        bigint default 0 not null,
  quota_bytes      bigint default -1 not null, -- -1: no limit
  quota_msgs       bigint default -1 not null,
  log_floor        bigint default 0 not null,  -- change_log rows up to this MODSEQ are gone
  constraint account_state_pk primary key (account_id),
  constraint account_state_ck check (
    used_bytes >= 0 and used_msgs >= 0 and modseq >= 1
    and next_uidvalidity between 1 and 4294967296)
) ${hot};

-- A mailbox under its name. A deleted one keeps its row as long as the change log speaks of it.
create table mailbox (
  account_id     int           not null,
  mailbox_id     int           not null,        -- given once inside the account
  name           varchar(1000) not null,        -- Unicode, NFC, components divided by /
  live_name      varchar(1000),                 -- the name while it lives, else null: unique among the living
  uidvalidity    bigint        not null,
  special_use    smallint      default 0 not null, -- 0 none, 1 archive, 2 drafts, 3 flagged, 4 junk, 5 sent, 6 trash
  created_modseq bigint        not null,
  name_modseq    bigint        not null,        -- the last time it was created, renamed or deleted
  deleted_modseq bigint,                        -- null while it lives
  constraint mailbox_pk primary key (account_id, mailbox_id),
  constraint mailbox_live_uq unique (account_id, live_name),
  constraint mailbox_uidvalidity_uq unique (account_id, uidvalidity),
  constraint mailbox_ck check (
    uidvalidity between 1 and 4294967295
    and ((deleted_modseq is null and live_name = name)
      or (deleted_modseq is not null and live_name is null)))
);

-- The figures of a mailbox, exact at every commit.
create table mailbox_state (
  account_id     int    not null,
  mailbox_id     int    not null,
  uidnext        bigint default 1 not null,
  highest_modseq bigint not null,           -- of the last change in this mailbox
  applied_modseq bigint not null,           -- rows of message show every log record up to this one
  expunge_floor  bigint default 0 not null, -- expunges up to this MODSEQ are forgotten (RFC 7162 §3.2.6)
  recent_uid     bigint default 1 not null, -- from this UID on no session was told of \Recent; a hint, may lag
  total          int    default 0 not null,
  unseen         int    default 0 not null,
  deleted        int    default 0 not null, -- messages with \Deleted
  bytes          bigint default 0 not null,
  constraint mailbox_state_pk primary key (account_id, mailbox_id),
  constraint mailbox_state_ck check (
    uidnext between 1 and 4294967296 and total >= 0 and bytes >= 0
    and unseen between 0 and total and deleted between 0 and total
    and applied_modseq <= highest_modseq)
) ${hot};

-- The keywords a mailbox met, in the spelling in which it met them first. A bit is never given again.
create table mailbox_keyword (
  account_id int          not null,
  mailbox_id int          not null,
  bit        smallint     not null, -- 16 to 62, the bit in message.flags
  name       varchar(255) not null,
  constraint mailbox_keyword_pk primary key (account_id, mailbox_id, bit),
  constraint mailbox_keyword_uq unique (account_id, mailbox_id, name),
  constraint mailbox_keyword_ck check (bit between 16 and 62)
);

-- The names an account subscribed to; a mailbox of that name need not exist.
create table subscription (
  account_id int           not null,
  name       varchar(1000) not null,
  constraint subscription_pk primary key (account_id, name)
);

-- A message that is in a mailbox. Narrow on purpose: this is all that SELECT loads. No second index, so
-- that changing flags touches one page.
create table message (
  account_id int    not null,
  mailbox_id int    not null,
  uid        bigint not null,
  modseq     bigint not null, -- of its last change
  flags      bigint not null, -- bits 0-4 \Seen \Answered \Flagged \Deleted \Draft, 16-62 the mailbox's keywords
  size       int    not null, -- RFC822.SIZE: trace fields and body
  idate      bigint not null, -- INTERNALDATE
  constraint message_pk primary key (account_id, mailbox_id, uid),
  constraint message_ck check (uid between 1 and 4294967295 and size >= 0)
) ${warm};

-- What never changes of a message, computed when it came in; same key and order as message, so a FETCH
-- of a range reads a range. The row lives as long as the one in message or in expunged, so that a
-- session that still shows an expunged message can fetch it.
create table message_meta (
  account_id int    not null,
  mailbox_id int    not null,
  uid        bigint not null,
  body_id    bigint not null, -- what makes body.refs count
  savedate   bigint not null, -- when it came into this mailbox
  prefix     ${bin} not null, -- the trace fields of this recipient, served before the body
  meta       ${bin} not null, -- the coded MessageMeta: ENVELOPE, BODYSTRUCTURE, header fields
  constraint message_meta_pk primary key (account_id, mailbox_id, uid)
);

-- What is left of a message that was expunged, for QRESYNC, for sessions and maildrops that still show
-- it, and for undelete.
create table expunged (
  account_id  int      not null,
  mailbox_id  int      not null,
  uid         bigint   not null,
  modseq      bigint   not null, -- of the expunge
  flags       bigint   not null,
  size        int      not null,
  idate       bigint   not null,
  expunged_at bigint   not null,
  purge_at    bigint   not null, -- from then on it may go for good
  origin      smallint not null, -- 1 IMAP, 2 POP3, 3 moved, 4 mailbox deleted, 5 retention, 6 administrator
  constraint expunged_pk primary key (account_id, mailbox_id, uid)
);
create index expunged_purge_ix on expunged (purge_at);

-- Every change of an account's mail, append only, in the order of its MODSEQs. A record says all there
-- is to say, so folding the log gives the mailboxes.
create table change_log (
  account_id int      not null,
  modseq     bigint   not null,
  seq        smallint not null, -- a command may leave several records
  mailbox_id int      not null, -- 0: not about one mailbox
  kind       smallint not null, -- 1 added, 2 flags, 3 expunged, 4 mailbox, 5 subscription, 8 keyword
  at         bigint   not null,
  data       ${bin}   not null,
  constraint change_log_pk primary key (account_id, modseq, seq)
);

-- Octets that messages of an account share, and where they are.
create table body (
  account_id int      not null,
  body_id    bigint   not null, -- ordered by time, unique in the installation
  refs       int      not null, -- rows of message_meta that name it
  size       int      not null, -- octets as served, without trace fields
  hdr_len    int      not null, -- octets of the header, blank line included
  pack_id    bigint   not null, -- 0: rows of body_chunk; else the number of a segment
  pack_off   bigint   not null, -- pack_id 0: the blob_id; else the offset of the record
  pack_len   int      not null, -- octets as stored
  codec      smallint default 0 not null, -- 0: as they are
  sha256     ${bin32} not null,
  created_at bigint   not null,
  constraint body_pk primary key (account_id, body_id),
  constraint body_ck check (refs >= 0 and size >= 0 and hdr_len between 0 and size and pack_len >= 0)
);
create index body_pack_ix on body (pack_id, pack_off);

-- Octets kept in the database, in pieces of 512 KiB: one piece for almost every message.
create table body_chunk (
  blob_id bigint not null, -- ordered by time, so that old ones lie together
  n       int    not null,
  data    ${bin} not null,
  constraint body_chunk_pk primary key (blob_id, n)
) ${body_chunk_parts};

-- One row a committed group of a lane: n has no gaps and is in commit order, as one lane alone writes a
-- stream. It tells whether a commit whose answer was lost took place, and later wakes other nodes.
-- Only the newest rows are kept.
create table feed (
  stream_id int    not null, -- node * 16 + lane
  n         bigint not null,
  at        bigint not null,
  data      ${bin} not null, -- the accounts that changed and their MODSEQs
  constraint feed_pk primary key (stream_id, n)
);
