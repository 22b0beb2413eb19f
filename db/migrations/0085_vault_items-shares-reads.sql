-- The store of papers of persons and organisations (NĐ 45/2020/NĐ-CP, Điều 16; TT 01/2023/TT-VPCP): what they have,
-- with whom they share it, and who read it.
create schema vault;

create table vault.item (
  id           uuid        primary key,
  owner_kind   text        not null,
  owner_id     text        not null,
  personal_id  text,
  holder       text        not null generated always as (owner_kind || ':' || coalesce(personal_id, owner_id)) stored,
  origin       text        not null,
  paper_code   text,
  name         text        not null,
  number       text,
  issued_on    date,
  valid_to     date,
  issuer       text,
  trust        text        not null,
  sha256       text,
  media_type   text        not null,
  size         bigint,
  file_id      uuid,
  document_id  uuid,
  evidence_id  uuid,
  dossier_code text,
  state        text        not null default 'valid',
  replaced_by  uuid        references vault.item (id),
  hidden_at    timestamptz,
  fields       jsonb       not null default '{}',
  added_at     timestamptz not null,
  constraint owner_is_known check (owner_kind in ('person', 'organisation')),
  constraint only_people_have_personal_ids check (personal_id is null or owner_kind = 'person'),
  constraint trust_is_known check (trust in ('issued', 'digitised', 'certified-copy', 'own-upload')),
  constraint state_is_known check (state in ('valid', 'revoked', 'replaced', 'removed')),
  constraint content_is_named_by_its_hash check (sha256 ~ '^[0-9a-f]{64}$'),
  -- An issued paper may be laid out only when somebody opens it; everything else has its content from the start.
  constraint content_is_there check (sha256 is not null or trust = 'issued'),
  constraint name_is_short check (length(name) between 1 and 300),
  constraint one_item_per_origin unique (holder, origin)
);
create index item_by_owner on vault.item (owner_kind, owner_id);
create index item_by_personal_id on vault.item (personal_id) where personal_id is not null;
create index item_by_dossier on vault.item (dossier_code) where dossier_code is not null;
create index item_ending on vault.item (valid_to) where valid_to is not null and state = 'valid';
comment on column vault.item.origin is
  'What makes it the same paper: the act of the dossier that issued it, else its content and its code.';
comment on column vault.item.personal_id is 'Personal id of the owner as proved, never as somebody states it.';
comment on column vault.item.hidden_at is
  'Since when its owner does not want it offered. What an authority issued is never destroyed by that.';

create table vault.share (
  id         uuid        primary key,
  item_id    uuid        not null references vault.item (id),
  with_kind  text        not null,
  with_id    text        not null,
  with_name  text        not null,
  purpose    text        not null,
  may_use    boolean     not null,
  until      date        not null,
  created_at timestamptz not null,
  created_by text        not null,
  ended_at   timestamptz,
  constraint with_is_known check (with_kind in ('person', 'organisation', 'authority')),
  constraint purpose_is_stated check (length(purpose) between 1 and 500)
);
create index share_by_item on vault.share (item_id);
create index share_with on vault.share (with_kind, with_id) where ended_at is null;

create table vault.read (
  id           bigint      generated always as identity primary key,
  item_id      uuid        not null references vault.item (id),
  at           timestamptz not null,
  how          text        not null,
  actor_kind   text        not null,
  actor_id     text        not null,
  actor_name   text        not null,
  place        text,
  dossier_code text,
  share_id     uuid        references vault.share (id),
  purpose      text,
  constraint way_is_known check (how in ('opened', 'offered', 'downloaded'))
);
create index read_by_item on vault.read (item_id, at desc);
comment on table vault.read is 'Every read, for the owner to see; the application can only add to it.';

-- Which papers served which dossier, and which dossiers a paper served.
create table vault.use (
  item_id      uuid        not null references vault.item (id),
  dossier_id   uuid        not null,
  dossier_code text        not null,
  component    text        not null,
  sha256       text        not null,
  trust        text        not null,
  used_at      timestamptz not null,
  primary key (item_id, dossier_id, component)
);
create index use_by_dossier on vault.use (dossier_id);

grant usage on schema vault to motcua_app;
grant select, insert on vault.item, vault.share, vault.read, vault.use to motcua_app;
grant update (state, replaced_by, hidden_at, sha256, size, number, file_id, document_id, evidence_id, fields, name,
  issued_on, valid_to) on vault.item to motcua_app;
grant update (ended_at) on vault.share to motcua_app;
