-- One process writes a database, and it knows who has a maildrop open.
drop table maildrop_lease;
