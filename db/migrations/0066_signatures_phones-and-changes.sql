-- What a phone is asked about and what came of it, and who changed what about means of signing and trust.
alter table signatures.confirmation
  -- What the desk wants signed, as the desk understands it.
  add column about jsonb,
  -- What became of it once it was confirmed.
  add column outcome jsonb,
  add column reason text,
  add constraint only_a_refusal_has_a_reason check (reason is null or state = 'declined');

create table signatures.change (
  id         uuid        primary key,
  -- The means of signing, or the trusted authority by its hash in hex.
  subject    text        not null,
  act        text        not null,
  details    jsonb       not null default '{}',
  officer_id text        not null,
  name       text        not null,
  at         timestamptz not null,
  constraint act_is_known check (act in
    ('added', 'chosen', 'image', 'locked', 'unlocked', 'ended', 'trusted', 'trust-ended'))
);
create index change_by_subject on signatures.change (subject, at desc);
comment on table signatures.change is 'Who changed what about means of signing and trust; only ever added.';

grant select, insert on signatures.change to motcua_app; -- append-only
