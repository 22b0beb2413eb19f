-- Runs of past dossiers under the rules of a change, and what would come out differently.
create table changes.replay_run (
  id          uuid        primary key,
  change_id   uuid        not null references changes.change (id),
  -- Authorities whose dossiers are looked at; null: all.
  authorities text[],
  by          text        not null references directory.officer (id),
  -- Hash of the two sets of rules, so that a run of an older draft is known as such.
  rules_hash  text        not null,
  asked_at    timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  -- The last dossier that was looked at: a run that died goes on after it.
  last_id     uuid,
  total       integer     not null default 0,
  looked      integer     not null default 0,
  -- Dossiers whose answers were erased.
  erased      integer     not null default 0,
  differing   integer     not null default 0,
  counts      jsonb       not null default '{}',
  -- Why it could not be done.
  problem     text,
  constraint finished_after_it_started check (finished_at is null or started_at is not null)
);
create index replay_run_by_change on changes.replay_run (change_id, asked_at desc);
create index unfinished_replay_run on changes.replay_run (asked_at) where finished_at is null;
comment on column changes.replay_run.counts is 'Dossiers by kind of difference.';

-- No personal data: codes, keys of questions and papers, amounts and dates.
create table changes.replay_line (
  run_id    uuid    not null references changes.replay_run (id) on delete cascade,
  place     integer not null,
  code      text    not null,
  authority text    not null,
  kinds     text[]  not null,
  details   jsonb   not null,
  primary key (run_id, place)
);
comment on column changes.replay_line.details is 'What the rules before and after say, kind by kind.';

grant select, insert, update, delete on changes.replay_run to motcua_app;
grant select, insert, delete on changes.replay_line to motcua_app;
