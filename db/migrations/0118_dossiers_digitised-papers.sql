-- Papers of a dossier that an officer compared with the original and signed (TT 01/2023/TT-VPCP, Điều 4 to 6).
create table dossiers.digitised_paper (
  id            uuid        primary key,
  dossier_id    uuid        not null,
  component     text        not null,
  source        text        not null,
  source_files  uuid[]      not null,
  file_id       uuid        not null,
  sha256        text        not null,
  size          bigint      not null,
  pages         integer     not null,
  paper_code    text,
  fields        jsonb       not null,
  officer_id    text        not null,
  authority     text        not null,
  signer_name   text        not null,
  certificate   text        not null,
  evidence_id   uuid,
  vault_item_id uuid,
  signed_at     timestamptz not null,
  constraint content_is_named_by_its_hash check (sha256 ~ '^[0-9a-f]{64}$' and source ~ '^[0-9a-f]{64}$'),
  constraint one_copy_of_one_scan unique (dossier_id, component, source)
);
create index digitised_paper_by_dossier on dossiers.digitised_paper (dossier_id);
comment on table dossiers.digitised_paper is 'Signed once; the application can only add to it.';
comment on column dossiers.digitised_paper.source is 'Hash of the hashes of the scanned files in their order.';
comment on column dossiers.digitised_paper.fields is 'What the officer read on the paper: number, dates, issuer, holder and what its kind asks for.';
comment on column dossiers.digitised_paper.vault_item_id is 'Null when the dossier names nobody in whose vault it could be kept.';

-- Scans that wait for data and signature, so that a reload or a colleague loses nothing.
create table dossiers.scan (
  file_id    uuid        primary key,
  dossier_id uuid        not null,
  component  text        not null,
  scanned_by text        not null,
  scanned_at timestamptz not null,
  dropped_at timestamptz
);
create index scan_by_dossier on dossiers.scan (dossier_id);

grant select, insert on dossiers.digitised_paper, dossiers.scan to motcua_app;
grant update (dropped_at) on dossiers.scan to motcua_app;
