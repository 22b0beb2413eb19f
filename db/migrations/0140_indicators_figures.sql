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

-- The sums, by day and by month. Each authority's figure includes all below it ('' is the whole installation),
-- and procedure '*' is all procedures; so the board reads a few hundred rows, whatever the number of dossiers.
create table indicators.daily (
  authority      text   collate "C" not null,
  procedure_code text   collate "C" not null,
  measure        text   collate "C" not null,
  on_date        date   not null,
  n              bigint not null,
  primary key (authority, procedure_code, measure, on_date)
) with (fillfactor = 80);
create index daily_by_procedure on indicators.daily (authority, measure, on_date) where procedure_code <> '*';

create table indicators.monthly (
  authority      text   collate "C" not null,
  procedure_code text   collate "C" not null,
  measure        text   collate "C" not null,
  on_date        date   not null,
  n              bigint not null,
  primary key (authority, procedure_code, measure, on_date),
  constraint first_of_month check (extract(day from on_date) = 1)
) with (fillfactor = 80);
create index monthly_by_procedure on indicators.monthly (authority, measure, on_date) where procedure_code <> '*';

-- Which authorities have figures, to list those below another.
create table indicators.scope (
  authority text collate "C" primary key,
  parent    text collate "C"
);
create index scope_by_parent on indicators.scope (parent);

grant usage on schema indicators to motcua_app;
grant select, insert, update on indicators.contribution, indicators.daily, indicators.monthly to motcua_app;
grant select, insert on indicators.scope to motcua_app;
