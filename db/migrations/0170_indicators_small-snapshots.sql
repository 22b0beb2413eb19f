-- What is public withholds units with few dossiers, also those that were small when a period was closed and grew by
-- facts that came late: found without reading all snapshots.
create index small_snapshots on indicators.snapshot (from_date, to_date, authority)
  where to_date > from_date
    and ((counts -> 'onTime' ->> 1)::bigint between 1 and 4 or (counts -> 'onlineDossiers' ->> 1)::bigint between 1 and 4);
