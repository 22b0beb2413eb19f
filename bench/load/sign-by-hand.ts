import type { App } from '../../src/app.ts'

/** Lets everybody sign on paper: what a digital signature costs is measured by the bench `documents`. */
export function signByHand(app: App): void {
  app.signatures.signerFor = async () => undefined
}
