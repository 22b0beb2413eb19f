-- What can be filed here: dated editions of a procedure. A dossier keeps the edition that received it.
create table catalogue.procedure_version (
  procedure_code text        not null references catalogue.procedure (code),
  version        integer     not null,
  definition     jsonb       not null,
  valid_from     date        not null,
  valid_to       date,
  published_at   timestamptz not null default now(),
  primary key (procedure_code, version),
  constraint version_starts_at_one check (version > 0),
  constraint version_ends_after_it_starts check (valid_to >= valid_from)
);
create index procedure_version_by_date on catalogue.procedure_version (procedure_code, valid_from desc);
comment on table catalogue.procedure_version is 'Cases, limits, fees, papers, steps and results, as ProcedureVersion describes.';

-- Fees that the law leaves to a province (Circular 85/2019/TT-BTC).
create table catalogue.province_fee (
  province       text    not null,
  procedure_code text    not null,
  fee_key        text    not null,
  amount_vnd     bigint  not null check (amount_vnd >= 0),
  basis          text    not null,
  sample         boolean not null default false,
  valid_from     date    not null,
  valid_to       date,
  primary key (province, procedure_code, fee_key, valid_from),
  constraint province_fee_ends_after_it_starts check (valid_to >= valid_from)
);
comment on column catalogue.province_fee.sample is 'Invented for the demonstration: shown as such wherever the amount is.';

grant select, insert, update on catalogue.procedure_version, catalogue.province_fee to motcua_app;
