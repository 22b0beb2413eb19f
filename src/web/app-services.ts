/** What pages need from the application; the composition root passes an object that has it. */
export type WebApp = Record<string, unknown>
