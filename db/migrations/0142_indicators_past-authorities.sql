-- After a reorganisation a dossier counts at two authorities: what happened before stays with the one that was.
alter table indicators.contribution add column past text[] collate "C";
comment on column indicators.contribution.past is
  'Authorities besides the present one to which deltas belong; those name theirs: [measure, on, n, authority].';
create index contribution_with_past on indicators.contribution (received_on desc) where past is not null;
