-- Roles, database and extensions for compose.yaml, run once by the database's own image: as launch/postgres.py.
\getenv owner_password SHOUWANG_OWNER_PASSWORD
\getenv app_password SHOUWANG_APP_PASSWORD
CREATE ROLE shouwang_owner LOGIN CREATEDB NOSUPERUSER PASSWORD :'owner_password';
CREATE ROLE shouwang_app LOGIN NOSUPERUSER PASSWORD :'app_password';
CREATE DATABASE shouwang OWNER shouwang_owner;
\connect shouwang
SET ROLE shouwang_owner;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gin;
CREATE EXTENSION btree_gist;
