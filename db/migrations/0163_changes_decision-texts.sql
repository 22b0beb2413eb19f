-- The text of the decision that announces a change, as somebody put it right; every saving stays.
create table changes.decision_text (
  change_id uuid        not null references changes.change (id),
  revision  integer     not null check (revision > 0),
  lines     jsonb       not null,
  -- Hash of the text that was drafted then: when the draft reads differently since, the page says so.
  drafted   text        not null,
  saved_by  text        not null references directory.officer (id),
  saved_at  timestamptz not null,
  primary key (change_id, revision)
);

grant select, insert on changes.decision_text to motcua_app;
