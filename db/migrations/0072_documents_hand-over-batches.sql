-- A hand-over slip lists everything that was given in one batch; the index holds hand-overs alone.
create index handed_over_by_batch on journal.entry ((data ->> 'batch')) where kind = 'dossiers.handed-over';
