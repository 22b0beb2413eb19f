-- After days off were published, the dates of open dossiers are counted anew: who asked, how far it is, what it moved.
create table dossiers.recomputation (
  id           uuid        primary key,
  territory    text        not null,
  year         integer,
  version      integer,
  by           text        not null,
  source       text        not null,
  asked_at     timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz,
  open         integer     not null default 0,
  moved        integer     not null default 0,
  later        integer     not null default 0,
  earlier      integer     not null default 0,
  without_year integer     not null default 0,
  missing      jsonb       not null default '[]',
  constraint finished_after_it_started check (finished_at is null or started_at is not null),
  constraint version_of_a_year check ((year is null) = (version is null))
);
create index recomputation_by_age on dossiers.recomputation (asked_at);
create index unfinished_recomputation on dossiers.recomputation (asked_at) where finished_at is null;
comment on table dossiers.recomputation is 'What each dossier went through stands in its journal; this is the view of the whole.';
comment on column dossiers.recomputation.without_year is
  'Dossiers that need a year which nobody published; missing names some of them.';

grant select, insert, update on dossiers.recomputation to motcua_app;
