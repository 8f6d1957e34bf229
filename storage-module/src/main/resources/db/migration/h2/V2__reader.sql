-- Connections that only read log in with this role: H2 ignores every other way to make them harmless.
create role reader;
grant select on schema public to reader;
