-- Papers between the first signature and the seal: signed by people, not numbered and not issued yet.
create table documents.paper_in_hand (
  id              uuid        primary key,
  dossier_id      uuid        not null,
  kind            text        not null,
  basis           text        not null,
  verify_code     text        not null unique,
  places          jsonb       not null,
  prepared_sha256 text        not null,
  sha256          text        not null,
  signatures      jsonb       not null default '[]',
  state           text        not null default 'prepared',
  made_at         timestamptz not null,
  constraint content_is_named_by_its_hash check (prepared_sha256 ~ '^[0-9a-f]{64}$' and sha256 ~ '^[0-9a-f]{64}$'),
  constraint state_is_known check (state in ('prepared', 'signed', 'issued', 'void')),
  constraint signed_means_somebody_signed check (state <> 'signed' or jsonb_array_length(signatures) > 0),
  constraint one_paper_per_basis unique (dossier_id, kind, basis)
);
create index paper_in_hand_awaiting_seal on documents.paper_in_hand (made_at) where state = 'signed';
comment on column documents.paper_in_hand.basis is
  'What the paper was laid out from: who looks again sees the same paper, and what changed meanwhile makes another.';
comment on column documents.paper_in_hand.prepared_sha256 is 'The paper as it was shown to who signed first.';
comment on column documents.paper_in_hand.sha256 is 'The paper as it stands, with the signatures so far.';

alter table documents.issued_document add column signatures jsonb not null default '[]';
comment on column documents.issued_document.signatures is
  'Who signed the file itself, oldest first; empty when it was printed and not signed digitally.';

grant select, insert on documents.paper_in_hand to motcua_app;
grant update (sha256, signatures, state) on documents.paper_in_hand to motcua_app;
