-- Processes published from the desk: by whom, by which decision, and what was taken back before its first day.
create table processes.process (
  key       text    primary key,
  -- The stream of the process in the journal; sequence and head_hash say where it stands.
  stream    uuid    not null unique,
  sequence  integer not null,
  head_hash bytea
);
comment on table processes.process is 'Where the journal of each process stands; taken first by who changes its versions.';

alter table processes.process_version
  add column published_by    text references directory.officer (id),
  add column decision_number text,
  add column decision_on     date,
  add column reason          text,
  add column reason_ref      uuid,
  add column reason_salt     bytea,
  add column replaced_to     date,
  add column withdrawn_at    timestamptz,
  add column withdrawn_by    text references directory.officer (id),
  add column withdraw_reason text,
  add column withdraw_ref    uuid,
  add column withdraw_salt   bytea,
  add constraint publication_is_whole check
    ((published_by is null) = (decision_number is null) and (published_by is null) = (decision_on is null)
     and (published_by is null) = (reason is null) and (published_by is null) = (reason_ref is null)
     and (published_by is null) = (reason_salt is null)),
  add constraint withdrawal_is_whole check
    ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdraw_reason is null)
     and (withdrawn_at is null) = (withdraw_ref is null) and (withdrawn_at is null) = (withdraw_salt is null)),
  add constraint only_published_is_withdrawn check (withdrawn_at is null or published_by is not null);
comment on column processes.process_version.published_by is 'Null: shipped with the product.';
comment on column processes.process_version.replaced_to is
  'Until when the version before it was to be in force; given back when this one is withdrawn.';
create unique index one_version_begins_a_day on processes.process_version (key, valid_from) where withdrawn_at is null;

grant select, insert, update on processes.process to motcua_app;
