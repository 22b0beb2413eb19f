-- When a partner first acknowledged a dossier: a later report that waits again does not take that back.
alter table dossiers.sync add column acknowledged_at timestamptz;
update dossiers.sync set acknowledged_at = at where state in ('acknowledged', 'to-be-reconciled');
create index sync_by_destination on dossiers.sync (destination);
