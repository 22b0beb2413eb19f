-- What the desk needs beside the life of a dossier: queues that stay fast, saved views, labels, results of bulk acts.

-- What a queue is filtered by stands on the task, so that one index answers it; neither changes in the life of a dossier.
alter table dossiers.task
  add column procedure_code text,
  add column channel        text;
update dossiers.task t set procedure_code = d.procedure_code, channel = d.channel
  from dossiers.dossier d where d.id = t.dossier_id;
alter table dossiers.task
  alter column procedure_code set not null,
  alter column channel set not null;

-- A queue is a role at an authority by the clock that runs out first; filters read the index alone.
drop index dossiers.open_task_by_role;
create index open_task_by_role on dossiers.task (authority, role, due_at, dossier_id, no)
  include (kind, step_kind, assignee, procedure_code, channel, opened_at) where closed_at is null;
-- What has been lying longest.
create index open_task_by_age on dossiers.task (authority, opened_at)
  include (dossier_id, no, kind, role, assignee, due_at) where closed_at is null;
-- Everything that is neither intake nor a step is rare, and asked for by what it is.
create index open_task_by_kind on dossiers.task (kind, authority, opened_at)
  include (dossier_id, no, role, assignee, due_at) where closed_at is null and kind not in ('intake', 'step');
-- What was finished in the last days; tasks end roughly in the order in which they were opened.
create index task_by_closing on dossiers.task using brin (closed_at);

create index open_dossier_by_place on dossiers.dossier (competent, id) where closed_at is null;
-- Officers read the last digits of a code from paper.
create index open_dossier_by_tail on dossiers.dossier (reverse(code) text_pattern_ops) where closed_at is null;
create index dossier_with_question on dossiers.dossier (competent, received_by, id) where thread_awaits = 'officer';
create index dossier_with_conflict on dossiers.dossier using gin (barred) where barred <> '[]';
create index dossier_explained on dossiers.dossier (explained_until) where explained_until is not null and closed_at is null;
-- The same person may come again with nothing but a phone.
create index party_by_phone on dossiers.party (phone) where phone is not null;

-- A filter of the queue with a name, an officer's own or shared with the unit.
create table dossiers.saved_view (
  id         uuid        primary key,
  officer_id text        not null,
  authority  text        not null,
  unit_code  text        not null,
  name       text        not null,
  query      text        not null,
  shared     boolean     not null default false,
  created_at timestamptz not null
);
create unique index saved_view_name on dossiers.saved_view (officer_id, lower(name));
create index saved_view_of_unit on dossiers.saved_view (authority, unit_code) where shared;

-- The view with which an officer's day begins.
create table dossiers.default_view (
  officer_id text primary key,
  view_id    uuid not null references dossiers.saved_view (id) on delete cascade
);
create index default_view_by_view on dossiers.default_view (view_id);

-- Coloured marks of a unit on dossiers: convenience of the desk, without legal meaning, so not in the journal.
create table dossiers.label (
  id         uuid        primary key,
  authority  text        not null,
  unit_code  text        not null,
  name       text        not null,
  colour     text        not null,
  created_by text        not null,
  created_at timestamptz not null,
  constraint colour_is_known check (colour in ('red', 'gold', 'green', 'blue', 'violet', 'grey'))
);
create unique index label_name on dossiers.label (authority, unit_code, lower(name));

create table dossiers.dossier_label (
  label_id   uuid        not null references dossiers.label (id) on delete cascade,
  dossier_id uuid        not null,
  added_by   text        not null,
  added_at   timestamptz not null,
  primary key (label_id, dossier_id)
);
create index dossier_label_by_dossier on dossiers.dossier_label (dossier_id);

-- What became of each dossier of an act on many: shown afterwards, and what makes a second press harmless.
create table dossiers.bulk_run (
  id         uuid        primary key,
  officer_id text        not null,
  command    text        not null,
  asked      integer     not null,
  started_at timestamptz not null
);
create index bulk_run_by_age on dossiers.bulk_run (started_at);
create table dossiers.bulk_outcome (
  run_id  uuid    not null references dossiers.bulk_run (id) on delete cascade,
  place   integer not null,
  code    text    not null,
  task_no integer not null default 0,
  done    boolean not null,
  refusal text,
  details jsonb,
  primary key (run_id, code, task_no)
);
comment on table dossiers.bulk_run is 'Kept for a week; the journal has what happened.';

grant select, insert, update, delete on dossiers.saved_view, dossiers.default_view, dossiers.label,
  dossiers.dossier_label, dossiers.bulk_run, dossiers.bulk_outcome to motcua_app;
