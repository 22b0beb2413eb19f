-- Book of certified electronic copies (NĐ 23/2015/NĐ-CP, Điều 13; NĐ 45/2020/NĐ-CP, Điều 10): a volume a year, without gaps.
create table dossiers.certification (
  id            uuid        primary key,
  authority     text        not null,
  year          integer     not null,
  n             integer     not null,
  dossier_id    uuid        not null,
  dossier_code  text        not null,
  source        text        not null,
  paper_name    text        not null,
  requester     text        not null,
  pages         integer     not null,
  fee_vnd       bigint,
  file_id       uuid        not null,
  sha256        text        not null,
  size          bigint      not null,
  officer_id    text        not null,
  signer_name   text        not null,
  signer_title  text        not null,
  vault_item_id uuid,
  certified_at  timestamptz not null,
  constraint one_line_per_number unique (authority, year, n),
  constraint one_number_per_original unique (dossier_id, source),
  constraint content_is_named_by_its_hash check (sha256 ~ '^[0-9a-f]{64}$' and source ~ '^[0-9a-f]{64}$')
);
create index certification_by_day on dossiers.certification (authority, certified_at, n);
comment on table dossiers.certification is 'A line is entered once and stays; the application can only add to it.';
grant select, insert on dossiers.certification to motcua_app;
