-- A changed calendar walks through all open dossiers in order; they are few beside those that ended.
create index open_dossier on dossiers.dossier (id) where decided_at is null and closed_at is null;
