-- Which months' figures moved last: what was made of earlier ones is still right and need not be counted again.
create table indicators.moved (
  month   date   primary key,
  version bigint not null,
  constraint first_of_month check (extract(day from month) = 1)
) with (fillfactor = 50);
comment on column indicators.moved.version is 'The version of the figures at the last change of one that is dated in the month.';
insert into indicators.moved select distinct m.on_date, v.version from indicators.monthly m, indicators.version v;

grant select, insert, update on indicators.moved to motcua_app;
