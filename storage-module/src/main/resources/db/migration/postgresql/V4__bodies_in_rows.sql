-- The body of a usual mail stays in its row: kept apart it is two rows more, and two of an index. Two rows fill a page.
alter table body_chunk_default set (toast_tuple_target = 4080);

-- A page of a view is packed already.
alter table mailbox_page alter column data set storage external;
