export const feel = {
  'too-long': '{length} characters long; at most {longest} are read.',
  'too-deep': 'Nested too deeply; at most {deepest} levels.',
  syntax: 'Not written correctly at character {position}, near “{near}”.',
  unsupported: '{construct} cannot be used, at character {position}, near “{near}”.',
  'unknown-function': 'There is no function “{name}” (character {position}).',
  'argument-count': 'The function “{name}” has the wrong number of parameters (character {position}).',
  'too-costly': 'Takes too long to compute, or gives too large a result.',
} as const
