-- Partners whose system says the status of a dossier bring their word with a scope of its own, each under its own name.
alter table identity.api_token
  add column partner text,
  drop constraint api_token_scopes_are_known,
  add constraint api_token_scopes_are_known
    check (scopes <@ array['dossiers:write', 'dossiers:read', 'officer:act', 'dossiers:sync', 'dossiers:partner-status',
      'board:read']),
  add constraint api_token_of_a_partner_names_it
    check ((partner is not null) = ('dossiers:partner-status' = any (scopes)));
comment on column identity.api_token.partner is 'The partner system whose word its holder brings; null for all others.';
