-- Filings of linked procedures that go on: they are looked at each night, in case news of a branch was missed.
create index open_linked_filing on dossiers.dossier (id) where branches is not null and closed_at is null;
