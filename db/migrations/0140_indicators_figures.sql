-- Live figures: what each dossier contributes, and the sums that the board reads.
create schema indicators;

create table indicators.contribution (
  dossier_id     uuid  primary key,
  code           text  not null,
  authority      text  collate "C" not null,
  procedure_code text  not null,
  received_on    date  not null,
  -- Nothing is left to do with it: its stocks are back to zero.
  ended          boolean not null,
  deltas         jsonb not null
);
create index contribution_by_authority on indicators.contribution (authority, received_on desc);
create index contribution_in_stock on indicators.contribution (authority, received_on desc) where not ended;
create index contribution_by_day on indicators.contribution (received_on desc, dossier_id desc);
comment on table indicators.contribution is
  'As applied to the sums, so that a change is applied as a difference. deltas: [[measure, on, n], ...], some in the future.';

-- The sums, by day and by month. Each authority's figures include all below it ('' is the whole installation),
-- and procedure '*' is all procedures; so the board reads a few hundred rows, whatever the number of dossiers.
-- Flows are summed over days; awaiting_intake, in_progress and overdue are changes of a stock, perhaps in the future.
create table indicators.daily (
  authority             text   collate "C" not null,
  procedure_code        text   collate "C" not null,
  on_date               date   not null,
  received              bigint not null default 0,
  received_online       bigint not null default 0,
  received_direct       bigint not null default 0,
  received_post         bigint not null default 0,
  accepted              bigint not null default 0,
  awaiting_intake       bigint not null default 0,
  in_progress           bigint not null default 0,
  overdue               bigint not null default 0,
  finished_early        bigint not null default 0,
  finished_on_time      bigint not null default 0,
  finished_late         bigint not null default 0,
  refused               bigint not null default 0,
  withdrawn             bigint not null default 0,
  stopped               bigint not null default 0,
  result_digital        bigint not null default 0,
  rating_very_satisfied bigint not null default 0,
  rating_satisfied      bigint not null default 0,
  rating_not_satisfied  bigint not null default 0,
  primary key (authority, procedure_code, on_date)
) with (fillfactor = 80);
create index daily_by_procedure on indicators.daily (authority, on_date) where procedure_code <> '*';

-- Each row stands on the first day of its month.
create table indicators.monthly (
  like indicators.daily including defaults including storage,
  primary key (authority, procedure_code, on_date),
  constraint first_of_month check (extract(day from on_date) = 1)
) with (fillfactor = 80);
create index monthly_by_procedure on indicators.monthly (authority, on_date) where procedure_code <> '*';

-- Which authorities have figures, to list those below another.
create table indicators.scope (
  authority text collate "C" primary key,
  parent    text collate "C"
);
create index scope_by_parent on indicators.scope (parent);

-- Moves whenever a sum does; pages that follow the figures ask only for this.
create table indicators.version (
  only_row boolean primary key default true check (only_row),
  version  bigint  not null default 0
);
insert into indicators.version default values;

grant usage on schema indicators to motcua_app;
grant select, insert, update on indicators.contribution, indicators.daily, indicators.monthly to motcua_app;
grant select, insert on indicators.scope to motcua_app;
grant select, update on indicators.version to motcua_app;
