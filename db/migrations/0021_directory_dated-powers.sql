-- Dated powers: who stands in for whom while away, and who signs by whose authority
-- (Nghị định 30/2020/NĐ-CP, Điều 13). What was granted is never deleted; it may be ended early.
alter table directory.post add column capacity text
  constraint post_capacity_is_known check (capacity in ('TM.', 'KT.', 'TL.', 'TUQ.', 'Q.'));
comment on column directory.post.capacity is
  'In which capacity the holder ordinarily signs; null for one who signs in the own name of the office, or not at all.';

alter table directory.officer add column personal_id text
  constraint personal_id_has_twelve_digits check (personal_id ~ '^[0-9]{12}$');
comment on column directory.officer.personal_id is
  'To find a conflict of interest; never shown on a page.';

create table directory.grant (
  -- Also the stream of the grant in the journal; sequence and head_hash say where it stands.
  id              uuid        primary key,
  sequence        integer     not null,
  head_hash       bytea       not null,
  kind            text        not null,
  authority_code  text        not null references directory.authority (code),
  giver           text        not null references directory.officer (id),
  receiver        text        not null references directory.officer (id),
  posts           text[]      not null,
  capacity        text,
  -- Null: not limited. With fields the procedures are those of the fields on the day of the grant.
  procedures      text[],
  fields          text[]      not null default '{}',
  document_number text,
  document_on     date,
  basis           uuid        references directory.grant (id),
  reason          text        not null,
  reason_ref      uuid        not null,
  reason_salt     bytea       not null,
  valid_from      date        not null,
  valid_to        date        not null,
  granted_by      text        not null references directory.officer (id),
  granted_at      timestamptz not null,
  ended_at        timestamptz,
  ended_by        text        references directory.officer (id),
  end_reason      text,
  end_reason_ref  uuid,
  end_reason_salt bytea,
  constraint grant_kind_is_known check (kind in ('absence', 'signing')),
  constraint signing_states_a_capacity check ((kind = 'signing') = (capacity is not null)),
  constraint capacity_is_known check (capacity in ('TM.', 'KT.', 'TL.', 'TUQ.', 'Q.')),
  constraint grant_ends_after_it_starts check (valid_to >= valid_from),
  constraint grant_lends_something check (cardinality(posts) > 0),
  constraint nobody_grants_to_themself check (giver <> receiver),
  -- Điều 13 khoản 3: in writing, limited in time and content.
  constraint tuq_is_written_and_limited check
    (capacity <> 'TUQ.' or (document_number is not null and document_on is not null and procedures is not null)),
  constraint ending_is_whole check
    ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null)
     and (ended_at is null) = (end_reason_ref is null) and (ended_at is null) = (end_reason_salt is null))
);
comment on table directory.grant is
  'Written only together with its journal entries. Reasons are private and erasable; the journal keeps their salted hashes.';
create index grant_in_force_by_receiver on directory.grant (receiver, valid_to) where ended_at is null;
create index grant_by_giver on directory.grant (giver);
create index grant_by_authority on directory.grant (authority_code, granted_at desc);

grant select, insert on directory.grant to motcua_app;
grant update (sequence, head_hash, reason, end_reason, ended_at, ended_by, end_reason_ref, end_reason_salt)
  on directory.grant to motcua_app;
