-- Authorities and units begin, merge, split, end and are renamed by dated decisions. What was decided is never deleted:
-- a decision is drafted, approved by somebody else, and applied on its day, or cancelled before it.
create table directory.reorganisation (
  -- Also the stream of the decision in the journal; sequence and head_hash say where it stands.
  id                 uuid        primary key,
  sequence           integer     not null,
  head_hash          bytea       not null,
  number             text        not null,
  issued_on          date        not null,
  issued_by          text        not null,
  title              text        not null,
  effective_on       date        not null,
  lines              jsonb       not null,
  officers           jsonb       not null,
  grants             text        not null,
  state              text        not null,
  drafted_by         text        not null,
  drafted_at         timestamptz not null,
  approved_by        text,
  approved_at        timestamptz,
  cancelled_by       text,
  cancelled_at       timestamptz,
  cancel_reason      text,
  cancel_reason_ref  uuid,
  cancel_reason_salt bytea,
  applied_at         timestamptz,
  record             jsonb,
  followed_at        timestamptz,
  followed           jsonb,
  constraint state_is_known check (state in ('drafted', 'approved', 'applied', 'cancelled')),
  constraint grants_end_or_follow check (grants in ('end', 'follow')),
  constraint takes_effect_after_it_is_issued check (effective_on >= issued_on),
  constraint approved_is_whole check ((approved_at is null) = (approved_by is null)),
  constraint nobody_approves_their_own_draft check (approved_by <> drafted_by),
  constraint cancelled_is_whole check
    ((state = 'cancelled') = (cancelled_at is not null) and (cancelled_at is null) = (cancelled_by is null)
     and (cancelled_at is null) = (cancel_reason_ref is null)),
  constraint applied_was_approved check
    ((state = 'applied') = (applied_at is not null) and (applied_at is null or approved_at is not null)),
  constraint dossiers_follow_what_was_applied check (followed_at is null or applied_at is not null)
);
comment on table directory.reorganisation is
  'Written only together with its journal entries. The reason of a cancelling is private and erasable.';
create index reorganisation_to_apply on directory.reorganisation (effective_on) where state = 'approved';
create index reorganisation_to_follow on directory.reorganisation (applied_at) where followed_at is null;

create table directory.succession (
  id           bigint  generated always as identity primary key,
  from_code    text    not null references directory.authority (code),
  to_code      text    not null references directory.authority (code),
  from_unit    text,
  to_unit      text,
  effective_on date    not null,
  decision     uuid    not null references directory.reorganisation (id),
  rule         jsonb   not null,
  constraint succession_of_a_unit_names_both check ((from_unit is null) = (to_unit is null))
);
comment on table directory.succession is
  'Who took over: several rows of one authority are a split, and its code alone no longer decides.';
create index succession_by_from on directory.succession (from_code);
create index succession_by_to on directory.succession (to_code);

alter table directory.authority add column reorganised_by uuid references directory.reorganisation (id);
comment on column directory.authority.reorganised_by is
  'The last decision that began, ended or renamed it: reference files no longer have the last word on it.';
alter table directory.unit
  add column valid_from date not null default '2025-07-01',
  add column valid_to   date;
alter table directory.commune_mapping
  add column effective_on date not null default '2025-07-01',
  add column decision     uuid references directory.reorganisation (id);
comment on column directory.commune_mapping.decision is
  'Null for the national list of 1 July 2025; old_district_code is empty for later changes.';

grant select, insert on directory.reorganisation, directory.succession to motcua_app;
grant update (sequence, head_hash, number, issued_on, issued_by, title, effective_on, lines, officers, grants, state,
    drafted_by, drafted_at, approved_by, approved_at, cancelled_by, cancelled_at, cancel_reason, cancel_reason_ref,
    cancel_reason_salt, applied_at, record, followed_at, followed)
  on directory.reorganisation to motcua_app;
-- A power may go along with its officers: the posts that it lends grow by those that they hold from then on.
grant update (posts, authority_code) on directory.grant to motcua_app;
