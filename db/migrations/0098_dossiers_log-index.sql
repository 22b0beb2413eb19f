-- The log book of a unit reads what it received as well as what it settles.
create index dossier_by_receiver on dossiers.dossier (received_by, submitted_at desc);
