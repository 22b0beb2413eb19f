-- Form definitions by version: the text that people wrote and the tree that runs.
create schema forms;

create table forms.form_version (
  key            text        not null,
  version        integer     not null,
  procedure_code text        not null,
  definition     jsonb       not null,
  compiled       jsonb       not null,
  valid_from     date        not null,
  valid_to       date,
  published_at   timestamptz not null default now(),
  primary key (key, version),
  constraint version_starts_at_one check (version > 0),
  constraint form_ends_after_it_starts check (valid_to >= valid_from)
);
create index form_version_by_procedure on forms.form_version (procedure_code, valid_from);
comment on table forms.form_version is
  'A published version is never rewritten in production; a draft dossier keeps the version it began with.';

grant usage on schema forms to motcua_app;
grant select, insert, update on forms.form_version to motcua_app;
