-- Changes what mail is in, then fails.
create table half_done (n int not null);
insert into half_done (n) values (1);
update message set flags = 0, size = 1;
delete from subscription;
alter table mailbox drop column special_use;
insert into half_done (n) values (null);
