-- The database of the public's requests: one user who reads and answers them, one who writes new ones and no more.
-- For psql 14 or later, as a superuser, once; the passwords come from ROOM_WRITER_PASSWORD and ROOM_READER_PASSWORD.
\getenv desk ROOM_WRITER_PASSWORD
\getenv room ROOM_READER_PASSWORD
CREATE ROLE earkiv_desk LOGIN PASSWORD :'desk';
CREATE ROLE earkiv_asker LOGIN PASSWORD :'room';
CREATE DATABASE earkiv_requests OWNER earkiv_desk ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE earkiv_requests FROM PUBLIC;
GRANT CONNECT ON DATABASE earkiv_requests TO earkiv_asker;

\connect earkiv_requests
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO earkiv_desk;
-- The tables come when the archive first opens them, which lets a user of this very name read them and add requests.
GRANT USAGE ON SCHEMA public TO earkiv_asker;
