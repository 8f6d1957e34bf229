-- What a later version might add.
create table later (n int not null);
