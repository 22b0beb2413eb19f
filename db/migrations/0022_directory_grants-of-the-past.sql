-- Papers about what was done ask who had which power then, so grants that were ended are looked up too.
create index grant_by_receiver on directory.grant (receiver, valid_to);
drop index directory.grant_in_force_by_receiver;
