-- Mail does not compress well enough for pglz to pay; octets stay outside the row.
create table body_chunk_default partition of body_chunk default;
alter table body_chunk_default alter column data set storage external;
alter table body_chunk alter column data set storage external;

-- What FETCH needs of a message stays in its row, so that a range is read as a range.
alter table message_meta alter column meta set storage main;
alter table change_log alter column data set storage main;
