-- The legal outcome beside that of the index: a limit that began anew after a supplement may be kept where the index
-- is not, and the other way round.
alter table indicators.daily   add column late_by_law bigint not null default 0;
alter table indicators.monthly add column late_by_law bigint not null default 0;

-- What dossiers add is counted anew from the first entry; applying a difference twice changes nothing.
update feed.cursor set position = 0 where consumer = 'indicators';
