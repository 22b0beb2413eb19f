/** Signing on the desk. */
export const signing = {
  pin: 'PIN of your digital signature',
  certificate: 'Certificate of {name}, valid until {until}',
  pinHint: 'Typed once, it signs every dossier you have marked.',
  pinSample: 'The trial version has filled in the PIN of the sample certificate.',
  pinMissing: 'Type the PIN of your digital signature.',
  lead: 'Look at the very page you will sign, mark the dossiers, sign them in one go. The signature is put on the page you looked at; the clerk then numbers and seals it.',
  signed: 'signed digitally and approved',
  by: 'Signer',
  seal: 'Seal',
} as const
