-- What an operator sets: domains under several names, accounts that can be suspended and deleted,
-- addresses that go elsewhere. Every row has a version, one step a change, so that two who change it at
-- once notice each other. Texts that may be missing are empty. Rows of these tables are only inserted
-- and deleted: a change is both.

-- Whoever changes the directory holds this row until commit.
insert into store_info (k, v) values ('directory', '1');

alter table domain add column alias_of  varchar(253) default '' not null; -- another domain whose addresses it has
alter table domain add column catch_all varchar(320) default '' not null; -- who gets what nobody else does
alter table domain add column allotment bigint default -1 not null; -- octets that its accounts' quotas may be together; -1: any
alter table domain add column version   bigint default 1 not null;

-- account.address_key of one that was deleted is # and its number, so that the address is free.
alter table account add column domain     varchar(253) default '' not null; -- that of the address
alter table account add column tag_files  boolean default false not null;   -- user+tag goes to the mailbox of that name
alter table account add column deleted_at bigint default 0 not null;        -- 0: it was not
alter table account add column version    bigint default 1 not null;
update account set domain = regexp_replace(address_key, '^.*@', '');
create index account_domain_ix on account (domain, address_key);

-- An address that has no account of its own.
create table alias (
  address_key varchar(320) not null,
  address     varchar(320) not null,
  domain      varchar(253) not null,
  created_at  bigint       not null,
  version     bigint       not null,
  constraint alias_pk primary key (address_key)
);
create index alias_domain_ix on alias (domain, address_key);

-- Where its mail goes, here or elsewhere.
create table alias_target (
  address_key varchar(320) not null,
  n           int          not null, -- from 0, in the order in which they were given
  target      varchar(320) not null,
  target_key  varchar(320) not null,
  constraint alias_target_pk primary key (address_key, n)
);
create index alias_target_ix on alias_target (target_key);

-- As which addresses an account may send beside those whose mail is its own.
create table send_as (
  account_id  int          not null,
  address_key varchar(320) not null,
  address     varchar(320) not null,
  constraint send_as_pk primary key (account_id, address_key)
);
