-- Keys of phones that opened without a PIN: whoever had the phone could sign. New ones open with their owner's PIN.
update signatures.signer set state = 'ended', ended_at = now() where kind = 'mobile' and state <> 'ended';

-- A key at a remote service was tried with a test signature before anything rests on it.
alter table signatures.change drop constraint act_is_known;
alter table signatures.change add constraint act_is_known check (act in
  ('added', 'tried', 'chosen', 'image', 'locked', 'unlocked', 'ended', 'trusted', 'trust-ended'));
