/** Words of replay. */
export const replay = {} as const
