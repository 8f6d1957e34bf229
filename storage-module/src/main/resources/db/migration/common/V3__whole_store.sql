-- What the store needs beyond its foundation: records applied later, pages of views, more keywords,
-- leases, quota and retention, the care of bodies, what is computed of a message.

-- Rows of message and expunged show the log up to a record: (applied_modseq, applied_seq). A large
-- change is a record first; its rows follow. While a mailbox is behind, no change of it writes rows.
alter table mailbox_state add column applied_seq smallint default 32767 not null; -- 32767: all of that MODSEQ

-- change_log.kind 6: copied, with the mailbox and the UIDs of the sources.

-- Some changes have no MODSEQ of their own. Whoever finds another version than the one in memory has
-- to load the account again.
alter table account_state add column version bigint default 0 not null; -- one step a transaction that changed the account

-- A view packed in pages, so that a large mailbox is opened by a few rows. Derived: it may be dropped,
-- and who changes rows of message without the log has to drop it. Pages are written once and not
-- changed: a new snapshot names other ones.
create table mailbox_snapshot (
  account_id int    not null,
  mailbox_id int    not null,
  modseq     bigint not null, -- the pages show the log of the mailbox up to the end of this MODSEQ
  total      int    not null, -- messages in the pages
  pages      ${bin} not null, -- the numbers of the pages in the order of their UIDs
  constraint mailbox_snapshot_pk primary key (account_id, mailbox_id)
);
create table mailbox_page (
  account_id int    not null,
  mailbox_id int    not null,
  page       int    not null,
  data       ${bin} not null, -- one chunk of the view
  constraint mailbox_page_pk primary key (account_id, mailbox_id, page)
);

-- Keywords beyond those that have a bit: number 63 and on. A message that has one carries in its
-- flags not bits of keywords but the number of a set: of all keywords it has, so that equal flags are
-- equal numbers. change_log.kind 10: sets that a mailbox met.
alter table mailbox_keyword drop constraint mailbox_keyword_ck;
alter table mailbox_keyword add constraint mailbox_keyword_ck check (bit >= 16);
create table keyword_set (
  account_id int      not null,
  mailbox_id int      not null,
  set_id     int      not null, -- from 1; message.flags is negative and bits 16 and on are this
  keyword    smallint not null, -- mailbox_keyword.bit
  constraint keyword_set_pk primary key (account_id, mailbox_id, set_id, keyword)
);

-- change_log.kind has one more number: 7 is the quota of an account. mailbox.name_modseq also moves
-- when a mailbox is given another use.

-- Who has a maildrop open. The epoch grows with each lease, so an UPDATE of an earlier holder fails.
create table maildrop_lease (
  account_id int         not null,
  mailbox_id int         not null,
  epoch      bigint      not null,
  holder     varchar(80),          -- null: nobody
  expires_at bigint      not null,
  constraint maildrop_lease_pk primary key (account_id, mailbox_id)
) ${hot};

-- Files of bodies: how much of each is dead.
create table pack (
  pack_id    bigint   not null,
  state      smallint not null,          -- 0 in use, 1 being emptied, 2 empty: its file may go
  bytes      bigint   not null,          -- of the file
  note_bytes bigint   default 0 not null, -- its header, and records that no row names and that are kept all the same
  dead_bytes bigint   default 0 not null, -- all the rest that no row names
  retired_at bigint,                     -- when it became empty
  constraint pack_pk primary key (pack_id)
);

-- Octets nobody names any more, and when they may go.
create table gc_task (
  task_id    bigint not null,
  not_before bigint not null,
  pack_id    bigint not null, -- 0: a blob of body_chunk
  pack_off   bigint not null,
  pack_len   int    not null,
  constraint gc_task_pk primary key (task_id)
);
create index gc_task_due_ix on gc_task (not_before);
create index gc_task_place_ix on gc_task (pack_id, pack_off);

-- The plain text of a body as searches look at it, extracted after delivery. Derived.
create table body_text (
  account_id int      not null,
  body_id    bigint   not null,
  version    smallint not null, -- of the extraction
  size       int      not null, -- octets, folded and in UTF-8; -1: too large to be kept
  pack_id    bigint   not null, -- as in body
  pack_off   bigint   not null,
  pack_len   int      not null,
  codec      smallint not null,
  constraint body_text_pk primary key (account_id, body_id)
);
create index body_text_pack_ix on body_text (pack_id, pack_off);

-- Which thread a message identifier belongs to (RFC 8474 §5.2 THREADID).
create table thread_ref (
  account_id int    not null,
  ref        bigint not null, -- 64 bits of a hash of the Message-ID
  thread_id  bigint not null,
  constraint thread_ref_pk primary key (account_id, ref)
);
alter table message_meta add column thread_id bigint default 0 not null; -- 0: received before threads were kept
