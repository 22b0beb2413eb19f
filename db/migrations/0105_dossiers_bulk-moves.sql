-- Open dossiers that go to another version of their process or, after a reorganisation, to another authority: who asked,
-- why, and how far it is.
create table dossiers.bulk_move (
  id          uuid        primary key,
  kind        text        not null,
  process_key text,
  plan        jsonb       not null,
  decision    text        not null,
  reason      text,
  by          text        not null,
  asked_at    timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  -- Dossiers that it is about, counted whenever it is begun.
  open        integer     not null default 0,
  moved       integer     not null default 0,
  stayed      integer     not null default 0,
  -- Tasks whose holder did not move along.
  freed       integer     not null default 0,
  stays       jsonb       not null default '[]',
  constraint kind_is_known check (kind in ('process', 'succession')),
  constraint finished_after_it_started check (finished_at is null or started_at is not null),
  constraint process_of_a_process_move check ((kind = 'process') = (process_key is not null)),
  constraint reason_of_a_process_move check ((kind = 'process') = (reason is not null))
);
create index bulk_move_by_process on dossiers.bulk_move (process_key, asked_at desc);
create index unfinished_bulk_move on dossiers.bulk_move (asked_at) where finished_at is null;
comment on table dossiers.bulk_move is 'What each dossier went through stands in its journal; this is the view of the whole.';
comment on column dossiers.bulk_move.stays is 'Why some did not move, how many, and some of them by their codes.';

grant select, insert, update on dossiers.bulk_move to motcua_app;

-- Neither changes in the life of a dossier, so that moving to another version writes no index anew.
create index open_dossier_by_process on dossiers.dossier (process_key, id)
  where decided_at is null and closed_at is null;
-- Who settles a dossier has an index of its own; these are the few that came in, or were typed, elsewhere.
create index open_dossier_received_elsewhere on dossiers.dossier (received_by, id)
  where closed_at is null and received_by <> competent;
create index open_dossier_helped on dossiers.dossier (helped_by, id) where closed_at is null and helped_by is not null;
