-- Where a province is hard to reach, sector law gives its authorities more days (a list that the province publishes).
create table catalogue.province_addition (
  province       text    not null,
  procedure_code text    not null,
  days           integer not null check (days > 0),
  reason         text    not null,
  communes       text[]  not null check (cardinality(communes) > 0),
  sample         boolean not null default false,
  valid_from     date    not null,
  valid_to       date,
  primary key (province, procedure_code, valid_from),
  constraint province_addition_ends_after_it_starts check (valid_to >= valid_from)
);
comment on column catalogue.province_addition.communes is 'Codes of the communes whose authorities have the days, as the directory names them.';

grant select, insert, update on catalogue.province_addition to motcua_app;
