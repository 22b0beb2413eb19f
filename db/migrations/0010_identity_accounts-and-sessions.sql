-- Who somebody is, where they are signed in, and which systems may call.
create schema identity;

-- A person or an officer is an issuer and a subject; e-mail addresses and phone numbers change hands.
create table identity.account (
  account_id        uuid        primary key,
  issuer            text        not null,
  subject           text        not null,
  kind              text        not null,
  name              text        not null,
  personal_id       text,
  date_of_birth     date,
  phone             text,
  email             text,
  assurance         smallint    not null default 1,
  organisations     jsonb       not null default '[]',
  locked_at         timestamptz,
  locked_reason     text,
  created_at        timestamptz not null,
  last_signed_in_at timestamptz not null,
  constraint account_is_one_subject_of_one_issuer unique (issuer, subject),
  constraint account_kind_is_known check (kind in ('person', 'officer')),
  constraint assurance_is_one_or_two check (assurance in (1, 2)),
  constraint lock_states_its_reason check ((locked_at is null) = (locked_reason is null))
);
comment on table identity.account is 'One row for each (issuer, subject) that has signed in; profile as the issuer last gave it.';

-- The browser keeps the token; this table keeps only its SHA-256, so a copy of the table opens no session.
create table identity.session (
  token_hash   bytea       primary key,
  account_id   uuid        not null references identity.account (account_id),
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32),
  constraint session_ends_after_it_starts check (expires_at > created_at)
);
create index session_by_account on identity.session (account_id) where revoked_at is null;
create index session_by_end on identity.session (expires_at);
comment on column identity.session.last_seen_at is 'Moved at most every five minutes; an officer''s session ends two hours after it.';

-- Tokens with which other systems call the API.
create table identity.api_token (
  token_id        uuid        primary key,
  token_hash      bytea       not null unique,
  client_name     text        not null,
  scopes          text[]      not null,
  authority_codes text[],
  created_by      uuid        references identity.account (account_id),
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  constraint api_token_hash_is_sha256 check (octet_length(token_hash) = 32),
  constraint api_token_has_a_scope check (cardinality(scopes) > 0),
  constraint api_token_scopes_are_known
    check (scopes <@ array['dossiers:write', 'dossiers:read', 'officer:act', 'board:read'])
);
comment on column identity.api_token.authority_codes is 'Authorities whose dossiers the system may see; null for all.';

grant usage on schema identity to motcua_app;
grant select, insert, update on identity.account to motcua_app;
grant select, insert, update, delete on identity.session to motcua_app;
grant select, insert, update on identity.api_token to motcua_app;
