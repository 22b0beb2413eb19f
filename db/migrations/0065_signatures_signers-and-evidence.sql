-- Who can sign, what was asked of them, whom we believe, and what was found when signatures were made or checked.
create schema signatures;

create table signatures.signer (
  id           uuid        primary key,
  owner_kind   text        not null,
  owner_id     text        not null,
  label        text        not null,
  kind         text        not null,
  -- DER, the signer's own certificate first.
  certificates bytea[]     not null,
  valid_from   timestamptz not null,
  valid_to     timestamptz not null,
  state        text        not null default 'active',
  -- What the kind needs: the credential of a remote service, the phone of a mobile one. Never a key.
  settings     jsonb       not null default '{}',
  wrong_pins   integer     not null default 0,
  added_at     timestamptz not null,
  ended_at     timestamptz,
  constraint owner_is_known check (owner_kind in ('officer', 'authority')),
  constraint kind_is_known check (kind in ('pkcs12', 'csc', 'mobile')),
  constraint state_is_known check (state in ('active', 'locked', 'ended')),
  constraint has_a_certificate check (cardinality(certificates) > 0),
  constraint ended_has_its_moment check ((state = 'ended') = (ended_at is not null))
);
create unique index one_signer_for_each_owner_and_kind
  on signatures.signer (owner_kind, owner_id, kind) where state <> 'ended';
comment on table signatures.signer is 'Means of signing of officers and authorities; keys lie elsewhere.';

create table signatures.signing_request (
  id          text        primary key,
  signer_id   uuid        not null references signatures.signer (id),
  -- SHA-256 of the signed attributes: the same request covers the same bytes.
  sha256      bytea,
  signature   bytea,
  asked_at    timestamptz not null,
  answered_at timestamptz
);
create index signing_request_by_signer on signatures.signing_request (signer_id, asked_at desc);
comment on table signatures.signing_request is
  'A lost answer is asked for again by the same id, and a known signature is never asked for twice.';

-- Confirmation on a phone: the same code is shown on both sides.
create table signatures.confirmation (
  request_id text        primary key,
  signer_id  uuid        not null references signatures.signer (id),
  code       text        not null,
  papers     integer     not null,
  -- SHA-256 over everything asked for: a confirmation counts for nothing else.
  sha256     bytea       not null,
  state      text        not null default 'waiting',
  asked_at   timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  constraint state_is_known check (state in ('waiting', 'confirmed', 'declined')),
  constraint decided_has_its_moment check ((state = 'waiting') = (decided_at is null))
);
create index confirmation_waiting on signatures.confirmation (signer_id, asked_at) where state = 'waiting';

create table signatures.trusted_authority (
  sha256      bytea       primary key,
  name        text        not null,
  certificate bytea       not null,
  valid_from  date        not null,
  valid_to    date,
  added_by    text        not null,
  added_at    timestamptz not null,
  constraint ends_after_it_begins check (valid_to >= valid_from)
);
comment on table signatures.trusted_authority is 'Authorities whose certificates are believed, with their days.';

create table signatures.evidence (
  id         uuid        primary key,
  sha256     bytea       not null,
  kind       text        not null,
  found      jsonb       not null,
  found_at   timestamptz not null,
  constraint kind_is_known check (kind in ('made', 'checked'))
);
create index evidence_by_content on signatures.evidence (sha256, found_at desc);
comment on table signatures.evidence is 'What was found at each making and each check; kept beside one another, never over.';

grant usage on schema signatures to motcua_app;
grant select, insert, update on signatures.signer, signatures.confirmation to motcua_app;
grant select, insert, update on signatures.signing_request to motcua_app;
grant select, insert, update on signatures.trusted_authority to motcua_app;
grant select, insert on signatures.evidence to motcua_app; -- append-only
