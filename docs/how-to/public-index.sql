-- The database of the reading room's index: one user who writes it, one who may read it and no more.
-- For psql 14 or later, as a superuser, once; the passwords come from ROOM_WRITER_PASSWORD and ROOM_READER_PASSWORD.
\getenv writer ROOM_WRITER_PASSWORD
\getenv reader ROOM_READER_PASSWORD
CREATE ROLE earkiv_publisher LOGIN PASSWORD :'writer';
CREATE ROLE earkiv_reader LOGIN PASSWORD :'reader';
CREATE DATABASE earkiv_public OWNER earkiv_publisher ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE earkiv_public FROM PUBLIC;
GRANT CONNECT ON DATABASE earkiv_public TO earkiv_reader;
ALTER ROLE earkiv_reader SET default_transaction_read_only = on;

\connect earkiv_public
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO earkiv_publisher;
GRANT USAGE ON SCHEMA public TO earkiv_reader;
-- The tables come when the archive first opens the room.
ALTER DEFAULT PRIVILEGES FOR ROLE earkiv_publisher IN SCHEMA public GRANT SELECT ON TABLES TO earkiv_reader;
