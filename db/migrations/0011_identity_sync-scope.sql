-- Partners that take dossiers over tell how far they have come: a scope of its own.
alter table identity.api_token drop constraint api_token_scopes_are_known;
alter table identity.api_token add constraint api_token_scopes_are_known
  check (scopes <@ array['dossiers:write', 'dossiers:read', 'officer:act', 'dossiers:sync', 'board:read']);
