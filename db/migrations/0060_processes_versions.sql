-- Internal processes by version: the BPMN 2.0 file as drawn, and the graph that runs.
create schema processes;

create table processes.process_version (
  key          text        not null,
  version      integer     not null,
  bpmn_xml     text        not null,
  compiled     jsonb       not null,
  valid_from   date        not null,
  valid_to     date,
  published_at timestamptz not null default now(),
  primary key (key, version),
  constraint version_starts_at_one check (version > 0),
  constraint process_ends_after_it_starts check (valid_to >= valid_from)
);
comment on table processes.process_version is
  'Running dossiers stay on the version that they began with; a change is a new version.';

grant usage on schema processes to motcua_app;
grant select, insert, update on processes.process_version to motcua_app;
