/** The largest file that is looked at; papers of authorities are far smaller. */
export const mostMegabytes = 20
