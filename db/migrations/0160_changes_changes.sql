-- Changes of procedures: drafted, reviewed by a second person, published from a day, taken back.
create schema changes;

create table changes.change (
  id             uuid        primary key,
  procedure_code text        not null,
  kind           text        not null check (kind in ('new', 'amend', 'abolish')),
  title          text        not null check (title <> ''),
  reason         text        not null,
  state          text        not null
    check (state in ('draft', 'in-review', 'approved', 'published', 'withdrawn', 'abandoned')),
  base           jsonb       not null,
  started_by     text        not null references directory.officer (id),
  started_at     timestamptz not null,
  editors        text[]      not null default '{}',
  submitted      jsonb,
  review         jsonb,
  publication    jsonb,
  ended          jsonb,
  -- Where the journal of the change stands; the stream is the id of the change.
  sequence       integer     not null,
  head_hash      bytea       not null
);
create index change_by_procedure on changes.change (procedure_code, started_at desc);
create index change_by_state on changes.change (state, started_at desc);
comment on column changes.change.base is '{procedure, form, process}: versions that were in force when it began.';

-- Every saving stays: what somebody typed is never overwritten.
create table changes.part (
  change_id uuid        not null references changes.change (id),
  part      text        not null check (part in ('procedure', 'form', 'process', 'templates', 'tests')),
  revision  integer     not null check (revision > 0),
  content   jsonb       not null,
  saved_by  text        not null references directory.officer (id),
  saved_at  timestamptz not null,
  primary key (change_id, part, revision)
);

-- Test cases that were published with an edition.
create table changes.edition_tests (
  procedure_code text    not null,
  version        integer not null,
  tests          jsonb   not null,
  primary key (procedure_code, version),
  foreign key (procedure_code, version) references catalogue.procedure_version (procedure_code, version)
);

grant usage on schema changes to motcua_app;
grant select, insert, update on changes.change to motcua_app;
grant select, insert on changes.part to motcua_app;
grant select, insert, update on changes.edition_tests to motcua_app;
