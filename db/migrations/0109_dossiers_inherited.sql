-- The few dossiers that another authority settled before: usage of the past counts them where they were then.
create index dossier_inherited on dossiers.dossier (submitted_at) where predecessors <> '[]';
