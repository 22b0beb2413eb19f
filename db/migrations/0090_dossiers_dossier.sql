-- One dossier, folded from its journal, and what stands around it.
create schema dossiers;

create table dossiers.dossier (
  id                  uuid        primary key,
  code                text        not null,
  sequence            integer     not null,
  head_hash           bytea       not null,
  state               text        not null,
  national_status     smallint    not null,
  procedure_code      text        not null,
  procedure_version   integer     not null,
  case_code           text        not null,
  form_key            text        not null,
  form_version        integer     not null,
  process_key         text        not null,
  process_version     integer     not null,
  channel             text        not null,
  received_by         text        not null,
  competent           text        not null,
  helped_by           text,
  applicant_kind      text        not null,
  filed_for           text        not null,
  delivery            text        not null,
  limit_amount        integer     not null,
  limit_unit          text        not null,
  limit_cut_off       text,
  supplement_rule     text        not null,
  calendar_version    text        not null,
  submitted_at        timestamptz not null,
  intake_due_at       timestamptz,
  accepted_at         timestamptz,
  promised_due_at     timestamptz,
  due_at              timestamptz,
  decided_at          timestamptz,
  closed_at           timestamptz,
  outcome             text,
  pauses              jsonb       not null default '[]',
  supplement_requests smallint    not null default 0,
  fees                jsonb       not null default '[]',
  answers_ref         uuid        not null,
  draft_ref           uuid,
  constraint state_is_known check (state in ('submitted', 'awaiting-supplement', 'in-progress', 'decided',
    'returned', 'refused', 'withdrawn', 'stopped')),
  constraint national_status_is_known check (national_status between 1 and 10),
  constraint channel_is_known check (channel in ('online', 'direct', 'post')),
  constraint outcome_is_known check (outcome in ('granted', 'not-granted')),
  constraint closed_when_ended check ((closed_at is not null) = (state in ('returned', 'refused', 'withdrawn', 'stopped')))
);
create unique index dossier_by_code on dossiers.dossier (code);
create index dossier_by_authority on dossiers.dossier (competent, submitted_at desc);
comment on table dossiers.dossier is 'The folded state of the journal; written only together with its entries.';

-- Everything that waits for somebody: intake, a step of the process, the applicant, the return of the result.
create table dossiers.task (
  dossier_id uuid        not null,
  no         integer     not null,
  kind       text        not null,
  step_id    text,
  step_kind  text,
  name       text        not null,
  role       text        not null,
  authority  text        not null,
  unit_kind  text        not null,
  assignee   text,
  opened_at  timestamptz not null,
  due_at     timestamptz,
  closed_at  timestamptz,
  closed_by  text,
  outcome    text,
  primary key (dossier_id, no),
  constraint kind_is_known check (kind in ('intake', 'step', 'supplement', 'return'))
);
create index open_task_by_role on dossiers.task (authority, role, due_at) where closed_at is null;
create index open_task_by_assignee on dossiers.task (assignee, due_at) where closed_at is null and assignee is not null;

-- Who the dossier is about and who filed it; erasable, bound to the journal by a salted hash.
create table dossiers.party (
  dossier_id    uuid  primary key,
  person_id     text,
  name          text  not null,
  search_name   text  not null,
  personal_id   text,
  phone         text,
  email         text,
  lookup_secret text  not null,
  filed_for     jsonb not null
);
create index party_by_person on dossiers.party (person_id, dossier_id) where person_id is not null;
create index party_by_personal_id on dossiers.party (personal_id) where personal_id is not null;

create table dossiers.private (
  dossier_id uuid  not null,
  id         uuid  not null,
  field      text  not null,
  content    jsonb not null,
  salt       bytea not null,
  primary key (dossier_id, id)
);
comment on table dossiers.private is 'Answers and free text beside the journal; purging a row with its salt leaves the chain whole.';

create table dossiers.paper (
  dossier_id uuid        not null,
  no         integer     not null,
  component  text        not null,
  file_id    uuid        not null,
  sha256     text        not null,
  name       text        not null,
  media_type text        not null,
  source     text        not null,
  added_at   timestamptz not null,
  primary key (dossier_id, no)
);

-- The same submission twice is one dossier: a draft, or a client's idempotency key.
create table dossiers.submission_key (
  scope      text not null,
  key        text not null,
  dossier_id uuid not null,
  primary key (scope, key)
);

-- Codes come from blocks taken beforehand; they may have gaps.
create table dossiers.code_block (
  authority text    not null,
  day       date    not null,
  taken     integer not null,
  primary key (authority, day)
);

-- Answers typed so far: no legal meaning before submission, so not in the journal.
create table dossiers.draft (
  id                uuid        primary key,
  person_id         text        not null,
  procedure_code    text        not null,
  procedure_version integer     not null,
  form_key          text        not null,
  form_version      integer     not null,
  filed_for         jsonb       not null,
  receiving         text,
  answers           jsonb       not null default '{}',
  origins           jsonb       not null default '{}',
  papers            jsonb       not null default '[]',
  delivery          text        not null default 'electronic',
  submitted_code    text,
  created_at        timestamptz not null,
  updated_at        timestamptz not null
);
create index draft_by_person on dossiers.draft (person_id, updated_at desc);

grant usage on schema dossiers to motcua_app;
grant select, insert, update on dossiers.dossier, dossiers.task, dossiers.party, dossiers.code_block to motcua_app;
grant select, insert, delete on dossiers.private to motcua_app;
grant select, insert on dossiers.paper, dossiers.submission_key to motcua_app;
grant select, insert, update, delete on dossiers.draft to motcua_app;
