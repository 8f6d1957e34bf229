-- The first of two migrations that are missing: it does not fail.
alter table message add column begun int default 1 not null;
