-- Files that people hand in, papers that authorities issue, and the registers that number them.
create schema documents;

create table documents.stored_file (
  file_id     uuid        primary key,
  sha256      text        not null,
  view_sha256 text,
  size        bigint      not null,
  media_type  text        not null,
  name        text        not null,
  owner_kind  text        not null,
  owner_id    text        not null,
  purpose     text        not null,
  scan_state  text        not null,
  created_at  timestamptz not null,
  constraint content_is_named_by_its_hash check (sha256 ~ '^[0-9a-f]{64}$' and view_sha256 ~ '^[0-9a-f]{64}$'),
  constraint file_is_not_empty check (size > 0),
  constraint name_is_short check (length(name) between 1 and 200),
  constraint scan_state_is_known check (scan_state in ('not-configured', 'waiting', 'clean', 'infected'))
);
create index stored_file_by_owner on documents.stored_file (owner_kind, owner_id, created_at);
comment on column documents.stored_file.view_sha256 is
  'Copy of a picture for looking at: upright, without place and device data. The original stays as handed in.';
comment on column documents.stored_file.scan_state is 'not-configured says plainly that nobody looked for malware.';

create table documents.register_number (
  authority_code text    not null,
  register       text    not null,
  year           integer not null,
  last           integer not null,
  primary key (authority_code, register, year),
  constraint registers_start_at_one check (last > 0)
);
comment on table documents.register_number is
  'Last number of a register; taken in the transaction that writes the paper, so registers have no gaps.';

create table documents.issued_document (
  id             uuid        primary key,
  dossier_id     uuid        not null,
  dossier_code   text        not null,
  kind           text        not null,
  cause          text        not null,
  number         text        not null,
  title          text        not null,
  sha256         text        not null,
  size           bigint      not null,
  standard       text        not null,
  verify_code    text        not null unique,
  issued_at      timestamptz not null,
  authority_code text        not null,
  authority_name text        not null,
  signer_name    text        not null,
  status         text        not null default 'valid',
  status_reason  text,
  replaced_by    uuid        references documents.issued_document (id),
  sample         boolean     not null,
  constraint status_is_known check (status in ('valid', 'replaced', 'revoked')),
  constraint replacement_is_named check ((status = 'replaced') = (replaced_by is not null)),
  constraint revocation_has_reason check (status <> 'revoked' or status_reason is not null),
  constraint one_paper_per_cause unique (dossier_id, kind, cause)
);
comment on column documents.issued_document.cause is
  'What made this paper, e.g. the journal sequence: the same cause never prints a second paper.';

grant usage on schema documents to motcua_app;
grant select, insert, delete on documents.stored_file to motcua_app;
grant update (scan_state, owner_kind, owner_id, purpose) on documents.stored_file to motcua_app;
grant select, insert, update on documents.register_number to motcua_app;
grant select, insert on documents.issued_document to motcua_app;
grant update (status, status_reason, replaced_by) on documents.issued_document to motcua_app;
