-- What a province sets over a national procedure by its own resolution: a fee that the law leaves to it, a shorter
-- limit, the unit that executes. Everything else is inherited.
create table catalogue.province (
  code      text    primary key,
  stream    uuid    not null unique,
  sequence  integer not null default 0,
  head_hash bytea
);
comment on table catalogue.province is 'Where the journal of each province''s rules stands; taken first by who changes them.';

create table catalogue.province_override (
  id                uuid        primary key,
  province          text        not null references catalogue.province (code),
  procedure_code    text        not null references catalogue.procedure (code),
  rule              jsonb       not null,
  resolution_number text        not null,
  resolution_on     date        not null,
  valid_from        date        not null,
  valid_to          date,
  set_by            text        not null references directory.officer (id),
  set_at            timestamptz not null,
  withdrawn_at      timestamptz,
  constraint override_says_what check (rule ->> 'kind' in ('fee', 'limit', 'executing')),
  constraint override_ends_after_it_starts check (valid_to >= valid_from)
);
create index province_override_by_procedure on catalogue.province_override (province, procedure_code, valid_from);
comment on column catalogue.province_override.withdrawn_at is 'Taken back before its first day: never held.';

grant select, insert, update on catalogue.province, catalogue.province_override to motcua_app;
