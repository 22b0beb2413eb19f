/** Which open dossiers go to a new edition when it comes into force; all others keep that of their receipt. */
export type EditionRule = 'move-not-accepted' | 'move-all'

/** Open dossiers of a procedure and the edition that they go to. */
export interface EditionPlan {
  procedureCode: string
  rule: EditionRule
  /** Numbers of the edition, its form and its process. */
  to: { procedure: number; form: number; process: number }
  /** Nothing moves before this day of law. */
  validFrom: string
  /**
   * The edition that was taken back: what a publication moved to it goes back to the edition that it had before. What was
   * filed under it keeps it.
   */
  back?: number
}
