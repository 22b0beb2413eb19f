-- Places and authorities are law with dates: a code survives a change of name or kind, and the same five
-- digits can mean an old and a new commune, so a unit is its level, code and first day.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

create schema directory;

create table directory.administrative_unit (
  level         text not null check (level in ('province', 'district', 'commune')),
  code          text not null,
  valid_from    date not null,
  valid_to      date,
  name          text not null,
  full_name     text not null,
  kind          text not null,
  province_code text not null,
  district_code text,
  legal_basis   text,
  sample        boolean not null default false,
  searchable    text not null,
  primary key (level, code, valid_from),
  constraint unit_ends_after_it_starts check (valid_to >= valid_from)
);
comment on column directory.administrative_unit.valid_to is 'Last day on which the row held; null while it holds.';
create index administrative_unit_by_province on directory.administrative_unit (level, province_code, valid_from);
create index administrative_unit_by_words on directory.administrative_unit using gin (searchable gin_trgm_ops);

create table directory.commune_mapping (
  old_province_code text    not null,
  old_district_code text    not null,
  old_commune_code  text    not null default '',
  new_province_code text    not null,
  new_commune_code  text    not null,
  divided           boolean not null,
  primary key (old_district_code, old_commune_code, new_commune_code)
);
comment on column directory.commune_mapping.old_commune_code is
  'Empty for the five island districts that had no communes.';
comment on column directory.commune_mapping.divided is
  'The old commune went to more than one new one: an old address alone does not decide.';
create index commune_mapping_by_old_code on directory.commune_mapping (old_commune_code);
create index commune_mapping_by_new_code on directory.commune_mapping (new_commune_code);

create table directory.province_mapping (
  old_province_code text primary key,
  new_province_code text not null
);

create table directory.ethnic_group (
  code text primary key,
  name text not null,
  kind text not null
);

create table directory.agency_identifier (
  code              text primary key,
  name              text not null,
  kind              text not null,
  old_province_code text,
  new_province_code text,
  list_status       text not null,
  confidence        text not null,
  basis             text not null
);

create table directory.authority (
  code          text primary key,
  name          text not null,
  short_name    text not null,
  kind          text not null,
  parent_code   text references directory.authority (code),
  commune_code  text,
  address       text,
  phone         text,
  working_hours jsonb not null,
  sample        boolean not null default false,
  valid_from    date not null default '2025-07-01',
  valid_to      date
);

create table directory.unit (
  authority_code text not null references directory.authority (code),
  code           text not null,
  name           text not null,
  kind           text not null check (kind in ('one-stop', 'division', 'leadership', 'clerk-office')),
  fields         text[] not null default '{}',
  primary key (authority_code, code)
);
comment on column directory.unit.fields is 'Fields of the catalogue that the unit handles; empty for units that serve all.';

create table directory.post (
  id             text primary key,
  authority_code text not null,
  unit_code      text not null,
  title          text not null,
  roles          text[] not null,
  counter        text,
  foreign key (authority_code, unit_code) references directory.unit (authority_code, code)
);
create index post_by_authority on directory.post (authority_code);

create table directory.officer (
  id      text primary key,
  name    text not null,
  issuer  text not null,
  subject text not null,
  locked  boolean not null default false,
  sample  boolean not null default false,
  constraint one_officer_per_account unique (issuer, subject)
);

-- One officer may hold several posts; a post may be shared or stand empty.
create table directory.officer_post (
  officer_id text not null references directory.officer (id),
  post_id    text not null references directory.post (id),
  valid_from date not null default '2025-07-01',
  valid_to   date,
  primary key (officer_id, post_id, valid_from)
);
create index officer_post_by_post on directory.officer_post (post_id);

-- What was loaded from db/reference, by hash, so that an unchanged file is not loaded again.
create table directory.reference_load (
  key       text primary key,
  hash      text not null,
  loaded_at timestamptz not null default now()
);

grant usage on schema directory to motcua_app;
grant select, insert, update, delete on all tables in schema directory to motcua_app;
