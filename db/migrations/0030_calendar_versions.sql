-- A calendar is published for a territory and a year and may be corrected: each correction is a new version,
-- so that a due date can name the version it was computed with.
create schema calendar;

create table calendar.version (
  territory text        not null,
  year      integer     not null,
  version   integer     not null,
  source    text        not null,
  hash      text        not null,
  loaded_at timestamptz not null default now(),
  primary key (territory, year, version),
  constraint versions_start_at_one check (version > 0)
);
comment on column calendar.version.territory is 'VN, or the code of an authority that publishes days of its own.';

create table calendar.special_day (
  territory text    not null,
  year      integer not null,
  version   integer not null,
  on_date   date    not null,
  kind      text    not null check (kind in ('statutory_holiday', 'compensatory_off', 'swapped_off', 'makeup_workday')),
  name      text    not null,
  status    text    not null check (status in ('official', 'recalled', 'provisional', 'pending')),
  basis     text    not null,
  note      text,
  primary key (territory, year, version, on_date),
  foreign key (territory, year, version) references calendar.version (territory, year, version)
);
comment on column calendar.special_day.status is 'A pending day is announced but not law: it changes no due date.';

grant usage on schema calendar to motcua_app;
grant select, insert on all tables in schema calendar to motcua_app;
