-- Days off are also published by people, for the country, a province or one authority: who did it is kept.
alter table calendar.version add column published_by text;
comment on column calendar.version.published_by is 'Who published this version; null when it came with the reference data.';
alter table calendar.version add constraint years_are_near check (year between 1976 and 2200);
