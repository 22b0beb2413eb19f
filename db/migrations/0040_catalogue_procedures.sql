-- The list of procedures as the State publishes it. What can be filed here is a procedure version (next migration).
create schema catalogue;

create table catalogue.procedure (
  code                text primary key,
  name                text    not null,
  plain_name          text,
  synonyms            text[]  not null default '{}',
  agency_code         text,
  publisher           text,
  announcing_decision text,
  levels              text[]  not null default '{}',
  procedure_type      text,
  field               text,
  subjects            text[]  not null default '{}',
  channels            text[]  not null default '{}',
  processing_times    jsonb   not null default '[]',
  stated_free         boolean not null default false,
  fee_amounts_vnd     bigint[] not null default '{}',
  source              text    not null,
  as_of               date    not null,
  constraint plain_names_are_not_empty check (plain_name <> '')
);
comment on column catalogue.procedure.processing_times is 'As published: [{channel, text}]; free text, not a limit to compute with.';
comment on column catalogue.procedure.fee_amounts_vnd is 'Amounts named in the publication, indicative only.';

create table catalogue.procedure_result (
  procedure_code text not null references catalogue.procedure (code),
  result_code    text not null,
  name           text not null,
  primary key (procedure_code, result_code)
);
create index procedure_result_by_code on catalogue.procedure_result (result_code);

create table catalogue.life_event (
  key      text primary key,
  position integer not null unique,
  name     text not null,
  name_en  text not null,
  synonyms text[] not null default '{}',
  entries  jsonb  not null
);
comment on column catalogue.life_event.entries is '[{plainName, codes}] in order; no code: not in the list yet.';

-- Raised when anything that search reads has changed, so that every process builds its index again.
create table catalogue.revision (
  only_row boolean primary key default true check (only_row),
  number   bigint  not null default 1
);
insert into catalogue.revision default values;

grant usage on schema catalogue to motcua_app;
grant select, insert, update, delete on catalogue.procedure, catalogue.procedure_result, catalogue.life_event to motcua_app;
grant select, update on catalogue.revision to motcua_app;
